/** What has the focus, also within open shadow roots; null if nothing has. */
export function activeElement(): Element | null {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found;
}
