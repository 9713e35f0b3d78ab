import { mount } from 'svelte';
import Minutes from './Minutes.svelte';
import './style.css';

mount(Minutes, { target: document.getElementById('app')! });
