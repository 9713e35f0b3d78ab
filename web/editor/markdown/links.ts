import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';
import { IS_APPLE } from '../keys/chord.ts';

/** Marks a link in the text; markdown-layout.ts gives it to each link on the screen. */
export const LINK_CLASS = 'weft-link';

/** A link in the text: where it stands, in UTF-16 units, and where it leads. */
export interface TextLink {
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

/** The link at a place; undefined if there is none, or it leads where nothing may be opened. */
export function linkAt(state: EditorState, place: number): TextLink | undefined {
  const tree = syntaxTree(state);
  for (const side of [1, -1] as const) {
    let node: SyntaxNode | null = tree.resolveInner(place, side);
    while (node !== null && !isLink(node)) node = node.parent;
    const href = node === null ? undefined : hrefOf(state, node);
    if (node !== null && href !== undefined) return { from: node.from, to: node.to, href };
  }
  return undefined;
}

export function isLink({ name }: { readonly name: string }): boolean {
  return name === 'Link' || name === 'Image' || name === 'Autolink' || name === 'URL' || name === 'LinkReference';
}

/** What is opened: addresses of the web and of mail, and places on this server. */
export function hrefOf(state: EditorState, node: SyntaxNode): string | undefined {
  const url = node.name === 'URL' ? node : node.getChild('URL');
  if (url === null) return undefined;
  const isWritten = url.parent?.name === 'Link' || url.parent?.name === 'Image';
  return safeHref(state.sliceDoc(url.from, url.to), isWritten, globalThis.location?.href);
}

/**
 * An address as it may be opened. `isTarget` tells that it is the target of a link, which may be relative to `base`; others are
 * recognised in the text, which may leave out the beginning. Undefined for everything that is not http, https or mailto.
 */
export function safeHref(text: string, isTarget: boolean, base: string | undefined): string | undefined {
  const plain = text.replace(/^<(.*)>$/, '$1').replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '');
  if (plain === '') return undefined;
  const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(plain);
  const isMail = !hasScheme && !isTarget && plain.includes('@');
  const whole = isMail ? `mailto:${plain}` : hasScheme || isTarget ? plain : `https://${plain}`;
  try {
    const url = new URL(whole, base);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Opens an address in a new tab, which gets no hold of this one. */
export function openHref(href: string): void {
  const anchor = document.createElement('a');
  anchor.href = href;
  anchor.target = '_blank';
  anchor.rel = 'noopener';
  anchor.click();
}

/** Ctrl (or Cmd) and a click open a link; a touch shows what can be done with it. `showMenu` does that. */
export function linkClicks(showMenu: (place: number) => void): Extension {
  return EditorView.domEventHandlers({
    // Otherwise the caret would go there.
    mousedown: (event, view) => isOpening(event) && linkUnder(event, view) !== undefined,
    click: (event, view) => {
      const link = linkUnder(event, view);
      if (link === undefined) return false;
      if (isOpening(event)) {
        event.preventDefault();
        openHref(link.href);
        return true;
      }
      if ('pointerType' in event && event.pointerType === 'touch') showMenu(link.from);
      return false;
    },
    mousemove: (event, view) => {
      view.scrollDOM.classList.toggle('weft-opens-links', isHeld(event));
    },
  });
}

function isHeld(event: MouseEvent): boolean {
  return IS_APPLE ? event.metaKey : event.ctrlKey;
}

function isOpening(event: MouseEvent): boolean {
  return event.button === 0 && isHeld(event);
}

function linkUnder(event: MouseEvent, view: EditorView): TextLink | undefined {
  const element = event.target instanceof Element ? event.target.closest(`.${LINK_CLASS}`) : null;
  return element === null ? undefined : linkAt(view.state, view.posAtDOM(element));
}
