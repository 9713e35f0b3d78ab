/** Open modal dialogs, the innermost last. */
const dialogs: HTMLDialogElement[] = [];
/** What stays within reach, and where it is while no dialog is open. */
const followers = new Map<HTMLElement, ParentNode>();

/** Shows a dialog that makes everything else inert, except what `withinReach` is attached to. Call what it returns to close it. */
export function openModal(dialog: HTMLDialogElement): () => void {
  dialog.showModal();
  dialogs.push(dialog);
  moveFollowers();
  return () => {
    dialogs.splice(dialogs.indexOf(dialog), 1);
    moveFollowers();
    dialog.close();
  };
}

/**
 * Keeps an element within reach of pointers, keys and screen readers while a modal dialog is open: these hear nothing of what is
 * inert. It is moved into the innermost dialog, so it must not depend on where it stands; a popover is shown again.
 */
export function withinReach(element: HTMLElement): () => void {
  followers.set(element, element.parentNode!);
  moveFollowers();
  return () => followers.delete(element);
}

function moveFollowers(): void {
  for (const [element, home] of followers) {
    const goal = dialogs.at(-1) ?? home;
    if (element.parentNode === goal) continue;
    goal.append(element);
    if (element.popover !== null) element.showPopover();
  }
}
