import { previewWords } from '../words/en/preview.ts';
import type { PreviewNode } from './worker/preview-tree.ts';
import './rendered.css';

/** UTF-16 units of an item that name its checkbox. */
const LONGEST_NAME = 120;

/**
 * A row of signs without a space is laid out in pieces: Chromium shapes all that is left of it for every line, which takes ten
 * seconds for 50,000 of them.
 */
const LONG_ROW = /\S{1000}/;
const PIECE = /[^]{1,200}/gu;

/** Makes what a tree describes; nothing is ever made of a string. */
export function elementsOf(nodes: readonly PreviewNode[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const node of nodes) {
    if (typeof node !== 'string') fragment.append(elementOf(node));
    else if (LONG_ROW.test(node)) fragment.append(...(node.match(PIECE) ?? []).map(pieceOf));
    else fragment.append(node);
  }
  return fragment;
}

function pieceOf(text: string): HTMLElement {
  const element = document.createElement('span');
  element.append(text);
  return element;
}

function elementOf({ tag, attributes, children }: Exclude<PreviewNode, string>): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(elementsOf(children));
  if (tag === 'li') nameCheckbox(element);
  // Keys scroll what is wider than the page only if it can have the focus.
  if (tag === 'pre') element.tabIndex = 0;
  if (tag !== 'table') return element;
  const frame = document.createElement('div');
  frame.className = 'wide';
  frame.tabIndex = 0;
  frame.append(element);
  return frame;
}

function nameCheckbox(item: HTMLElement): void {
  const box = item.querySelector<HTMLInputElement>(':scope > input, :scope > p:first-child > input');
  if (box === null) return;
  const name = (box.parentElement?.textContent ?? '').trim().slice(0, LONGEST_NAME);
  box.setAttribute('aria-label', name || previewWords.task);
}

/** Writes the words of the page into what was made: titles of alerts, and what is too long to be shown. */
export function writeWords(root: ParentNode): void {
  for (const title of root.querySelectorAll<HTMLElement>('[data-alert]'))
    title.textContent = previewWords.alerts[title.dataset['alert'] as keyof typeof previewWords.alerts];
  for (const notice of root.querySelectorAll('[data-notice="long"]')) notice.textContent = previewWords.longPart;
}
