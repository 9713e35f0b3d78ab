import type { Extension } from '@codemirror/state';
import { ViewPlugin } from '@codemirror/view';

/** Elements removed from one editor at most: an extension that puts each in again would keep the page busy for ever. */
const MOST = 1000;

/**
 * Removes what browser extensions, such as spelling checkers, put into the text: CodeMirror would read it, and it would be sent as
 * the person's own words. Recognised by what no browser makes of typing: custom elements, and elements that cannot be edited.
 */
export const foreignElements: Extension = ViewPlugin.define(({ contentDOM }) => {
  let left = MOST;
  // A plugin is made, and looks, before the view begins to look itself.
  const observer = new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!(node instanceof Element) || !isForeign(node) || !contentDOM.contains(node)) continue;
      left -= 1;
      if (left < 0) return observer.disconnect();
      node.remove();
    }
  });
  observer.observe(contentDOM, { childList: true, subtree: true });
  return { destroy: () => observer.disconnect() };
});

/** CodeMirror notes on each element of its own what it stands for. */
function isForeign(element: Element): boolean {
  if ('cmTile' in element) return false;
  return element.localName.includes('-') || element.getAttribute('contenteditable') === 'false';
}
