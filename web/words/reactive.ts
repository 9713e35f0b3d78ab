import { createSubscriber } from 'svelte/reactivity';
import { onLanguage, onRead } from './words.ts';

/*
 * Makes words state of Svelte's; to be imported by what mounts components. Apart from the words, because an editor in the page of
 * somebody else has words before it has components.
 */
onRead(createSubscriber((update) => onLanguage(update)));
