import { createApp } from 'vue';
import Recipe from './Recipe.vue';
import './style.css';

createApp(Recipe).mount('#app');
