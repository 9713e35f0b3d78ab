/** What Tab goes to. */
export const CONTROLS = 'a[href], button, input, select, textarea, [tabindex="0"]';

/** Lets Tab go to something that scrolls and holds nothing else that it could go to, so that arrows can scroll it. */
export function focusScroller(element: HTMLElement): () => void {
  const update = (): void => {
    const isNeeded = element.scrollHeight > element.clientHeight && element.querySelector(CONTROLS) === null;
    element.tabIndex = isNeeded ? 0 : -1;
  };
  const sizes = new ResizeObserver(update);
  const content = new MutationObserver(update);
  sizes.observe(element);
  content.observe(element, { childList: true, subtree: true });
  return () => {
    sizes.disconnect();
    content.disconnect();
  };
}
