import { tick } from 'svelte';

/** No field or control has the focus: what appears after a while may take it. */
export function isFocusFree(): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || at instanceof HTMLDialogElement;
}

/** Returns the focus to a button that lost it while it was busy, unless something else has it by then. */
export async function giveBackFocus(button: EventTarget | null): Promise<void> {
  await tick();
  if (button instanceof HTMLElement && button.isConnected && isFocusFree()) button.focus();
}
