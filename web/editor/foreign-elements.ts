import type { Extension } from '@codemirror/state';
import { ViewPlugin } from '@codemirror/view';

/** Elements that are taken out of one editor at most: who puts them in again each time would never let the page go on. */
const MOST = 1000;

/**
 * Takes out what browser extensions put into the text, as those do that look after spelling: CodeMirror reads whatever stands there,
 * and their words would be written and sent as the person's own. Known by what no browser makes of typing: an element with a name of
 * somebody's own, or one that cannot be edited.
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
