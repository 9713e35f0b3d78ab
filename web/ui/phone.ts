import { MediaQuery } from 'svelte/reactivity';

/** True where the window is narrower than 700 px: sheets instead of panels and popovers, dialogs over the whole screen. */
export const isPhone = new MediaQuery('max-width: 43.7rem');
