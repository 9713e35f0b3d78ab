/** What can be done with a link, loaded when it is asked for the first time: on touch, and with the keyboard. */
import type { EditorView } from '@codemirror/view';
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
  const at = view.coordsAtPos(place);
  if (link === undefined || at === null) return;
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

  // Where the text moves on, the menu would stand at nothing.
  const close = (): void => menu.hidePopover();
  view.scrollDOM.addEventListener('scroll', close, { once: true });
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'open') return;
    view.scrollDOM.removeEventListener('scroll', close);
    menu.remove();
    if (isByKeyboard && document.activeElement === document.body) view.focus();
  });
  view.dom.append(menu);
  menu.showPopover();
  const { width, height } = menu.getBoundingClientRect();
  const isBelow = at.bottom + GAP + height < window.innerHeight;
  menu.style.top = `${isBelow ? at.bottom + GAP : at.top - GAP - height}px`;
  menu.style.left = `${Math.max(GAP, Math.min(at.left, window.innerWidth - width - GAP))}px`;
  if (isByKeyboard) menu.querySelector('button')!.focus();
}
