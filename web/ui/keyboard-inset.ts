/**
 * Sets the property `--keyboard` of an element to the height, in pixels, that a keyboard on the screen covers of the page's
 * bottom. Where keyboards make the page itself smaller, as in Chrome, it is 0.
 */
export function aboveKeyboard(element: HTMLElement): () => void {
  const { visualViewport: seen } = window;
  if (seen === null) return () => undefined;
  const measure = (): void => {
    // Zoomed in, the rest of the page is merely out of sight.
    const covered = seen.scale > 1.01 ? 0 : window.innerHeight - seen.height - seen.offsetTop;
    element.style.setProperty('--keyboard', `${Math.max(0, Math.round(covered))}px`);
  };
  measure();
  seen.addEventListener('resize', measure);
  seen.addEventListener('scroll', measure);
  return () => {
    seen.removeEventListener('resize', measure);
    seen.removeEventListener('scroll', measure);
  };
}
