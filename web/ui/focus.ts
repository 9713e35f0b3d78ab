import { tick } from 'svelte';

/** Nobody writes or chooses anywhere: what appears after a while may take the focus. */
export function isFocusFree(): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || at instanceof HTMLDialogElement;
}

/** Gives the focus back to a button that lost it while it was busy, unless it is somewhere else by then. */
export async function giveBackFocus(button: EventTarget | null): Promise<void> {
  await tick();
  if (button instanceof HTMLElement && button.isConnected && isFocusFree()) button.focus();
}
