import { mount } from 'svelte';
import '../words/reactive.ts';
import { bestLanguage, useFirstLanguage } from '../words/languages.ts';
import Gallery from './Gallery.svelte';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/print.css';

/*
 * The parts of the page, one by one, for who builds with them: `npm run dev`, then /gallery. It is not built into what is shipped,
 * and its own words are in English alone.
 */
const { searchParams } = new URL(location.href);
await useFirstLanguage(bestLanguage([searchParams.get('lang') ?? 'en']));
document.documentElement.dir = searchParams.get('dir') ?? 'ltr';
mount(Gallery, { target: document.getElementById('gallery')!, props: { shown: searchParams.get('item') ?? '' } });
