import type { Toasts } from './toasts.svelte.ts';

/** Whether the server answers at all. */
export async function isServerThere(): Promise<boolean> {
  return fetch('/healthz', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * Tells that a part of the page could not be loaded, and what to do: without a server nothing but to try again later; beside a server
 * its file is gone, as after an update, and a new page knows the new ones. `what` begins a sentence.
 */
export async function tellUnloaded(toasts: Toasts, what: string): Promise<void> {
  if (await isServerThere()) {
    toasts.show(`${what} could not be loaded. Weft may have been updated; what you wrote is not affected.`, {
      label: 'Reload',
      run: () => location.reload(),
    });
  } else {
    toasts.show(`${what} could not be loaded: the server cannot be reached. Try again when it can.`);
  }
}
