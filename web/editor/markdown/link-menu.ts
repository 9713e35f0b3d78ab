/** What can be done with a link, loaded when it is asked for the first time: on touch, and with the keyboard. */
import { EditorView } from '@codemirror/view';
import { editorWords } from '../../words/en/editor.ts';
import { linkAt, openHref } from './links.ts';

/** Pixels between the link and the menu, and between the menu and the edge of the screen. */
const GAP = 6;

/** How the menu comes: `isByKeyboard` gives it the focus; `copy` puts a link on the clipboard. */
export interface LinkMenuOptions {
  readonly isByKeyboard: boolean;
  readonly copy: (link: string) => void;
}

/** Shows the menu at the link in a place of the text (UTF-16 units), if there is one. */
export function showLinkMenu(view: EditorView, place: number, { isByKeyboard, copy }: LinkMenuOptions): void {
  const link = linkAt(view.state, place);
  if (link === undefined) return;
  const menu = document.createElement('div');
  menu.popover = 'auto';
  menu.className = 'weft-link-menu';
  menu.dataset['testid'] = 'link-menu';
  menu.setAttribute('role', 'group');
  menu.setAttribute('aria-label', editorWords.linkMenu);
  const address = document.createElement('bdi');
  address.textContent = link.href;
  menu.append(
    address,
    button(editorWords.openLink, () => openHref(link.href)),
    button(editorWords.copyLink, () => copy(link.href)),
  );

  function button(word: string, run: () => void): HTMLButtonElement {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = word;
    element.addEventListener('click', () => {
      menu.hidePopover();
      run();
    });
    return element;
  }

  const close = (): void => menu.hidePopover();

  /** Puts the menu at its link, wherever that has come: a keyboard on the screen moves the text. */
  function stand(): void {
    const row = linkAt(view.state, place)?.href === link!.href ? view.coordsAtPos(place) : null;
    if (row === null) return close();
    const { width, height } = menu.getBoundingClientRect();
    const isBelow = row.bottom + GAP + height < window.innerHeight;
    menu.style.top = `${isBelow ? row.bottom + GAP : row.top - GAP - height}px`;
    menu.style.left = `${Math.max(GAP, Math.min(row.left, window.innerWidth - width - GAP))}px`;
  }

  /** Not after a change of sizes: what that covers is scrolled to next. */
  function standInSight(): void {
    const row = view.coordsAtPos(place);
    const screen = view.scrollDOM.getBoundingClientRect();
    if (row === null || row.bottom < screen.top || row.top > screen.bottom) close();
    else stand();
  }

  const over = new AbortController();
  const { signal } = over;
  view.scrollDOM.addEventListener('scroll', standInSight, { signal, passive: true });
  window.addEventListener('resize', stand, { signal });
  // Whoever writes wants to see the text.
  view.contentDOM.addEventListener('beforeinput', close, { signal });
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'open') return;
    over.abort();
    menu.remove();
    if (isByKeyboard && document.activeElement === document.body) view.focus();
  });
  // What the keyboard asks for may be out of sight.
  if (isByKeyboard) view.dispatch({ effects: EditorView.scrollIntoView(place) });
  view.dom.append(menu);
  menu.showPopover();
  stand();
  if (isByKeyboard) menu.querySelector('button')!.focus();
}
