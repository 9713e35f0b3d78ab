import { mount } from 'svelte';
import './words/reactive.ts';
import App from './App.svelte';
import { keptSettings, lastPerson } from './settings/kept-settings.ts';
import { TextKeeper } from './ui/text-keeper.ts';
import { useFirstLanguage } from './words/languages.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/print.css';

const target = document.getElementById('app')!;
new TextKeeper().keep(target);
// Awaited at the top, the words would wait for this file, which they import from, and this file for them.
void useFirstLanguage(keptSettings(lastPerson()).language).then(() => mount(App, { target }));
