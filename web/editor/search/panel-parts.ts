import { EditorView } from '@codemirror/view';

const SVG = 'http://www.w3.org/2000/svg';

/** Lines of 24 by 24 units. */
const ICONS = {
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M4 8h13m-3-3 3 3-3 3M20 16H7m3-3-3 3 3 3',
} as const;

/** What a part of a panel is made with: attributes, and what it does when it is clicked. */
interface Part {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onclick?: () => void;
}

/** Makes an element of a panel. */
export function part<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { class: classes = '', attributes = {}, onclick }: Part = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (classes !== '') element.className = classes;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (onclick !== undefined) element.addEventListener('click', onclick);
  element.append(...children);
  return element;
}

/** A button with a word on it. */
export function wordButton(word: string, onclick: () => void): HTMLButtonElement {
  return part('button', { class: 'weft-word', attributes: { type: 'button' }, onclick }, word);
}

/** A button with a picture; its word is told to screen readers and to a pointer that rests. */
export function iconButton(
  icon: keyof typeof ICONS,
  label: string,
  onclick: () => void,
  more: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const picture = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }))
    picture.setAttribute(key, value);
  path.setAttribute('d', ICONS[icon]);
  picture.append(path);
  const attributes = { type: 'button', 'aria-label': label, title: label, ...more };
  return part('button', { class: 'weft-icon', attributes, onclick }, picture);
}

/** A choice that is on or off, shown as a few letters. */
export function choice(
  letters: string,
  label: string,
  onchange: () => void,
): HTMLLabelElement & { box: HTMLInputElement } {
  const box = part('input', { attributes: { type: 'checkbox', 'aria-label': label } });
  box.addEventListener('change', onchange);
  const shown = part('span', { attributes: { 'aria-hidden': 'true' } }, letters);
  return Object.assign(part('label', { class: 'weft-choice', attributes: { title: label } }, box, shown), { box });
}

/** How the rows above the text look: one row at every width. */
export const panelTheme = EditorView.theme({
  '.cm-panels': { color: 'var(--ink)', backgroundColor: 'transparent', zIndex: '5' },
  '.cm-panels-top': { border: '0' },
  '.weft-panel': {
    containerType: 'inline-size',
    fontFamily: 'var(--ui)',
    fontSize: 'var(--text-c)',
    backgroundColor: 'var(--raised)',
    borderBlockEnd: '1px solid var(--line)',
    boxShadow: 'var(--shadow-low)',
  },
  '.weft-row': {
    display: 'flex',
    alignItems: 'center',
    gap: '0.25rem',
    minHeight: '3rem',
    // In line with the text.
    paddingInline: 'max(0.75rem, calc(var(--column-start, 1.5rem) - 0.75rem)) 0.75rem',
  },
  '.weft-row > .weft-grows': { flex: '0 1 15rem', minWidth: '0' },
  '.weft-row > .weft-last': { marginInlineStart: 'auto' },
  '.weft-field': { position: 'relative', display: 'flex', alignItems: 'center' },
  '.weft-panel input:not([type=checkbox])': {
    width: '100%',
    minWidth: '0',
    minHeight: '2.25rem',
    margin: '0',
    padding: '0 0.75rem',
    fontSize: 'inherit',
    unicodeBidi: 'plaintext',
    color: 'var(--ink)',
    backgroundColor: 'var(--sheet)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius-s)',
  },
  '.weft-panel input[aria-invalid=true]': { borderColor: 'var(--danger)' },
  '.weft-panel .weft-counted input': { paddingInlineEnd: '6.25rem' },
  '.weft-count': {
    position: 'absolute',
    insetInlineEnd: '0.75rem',
    maxWidth: '5.25rem',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
    fontSize: 'var(--text-xs)',
    fontVariantNumeric: 'tabular-nums',
    color: 'var(--ink-faint)',
    pointerEvents: 'none',
  },
  '.weft-hint': { marginInline: '0.5rem', whiteSpace: 'nowrap', color: 'var(--ink-faint)' },
  '.weft-label': { marginInlineEnd: '0.5rem', fontWeight: 'var(--weight)', whiteSpace: 'nowrap' },
  '.weft-icon, .weft-word, .weft-choice': {
    flex: 'none',
    minHeight: '2.25rem',
    margin: '0',
    border: '1px solid transparent',
    borderRadius: 'var(--radius-s)',
    color: 'var(--ink-soft)',
    backgroundColor: 'transparent',
    cursor: 'pointer',
  },
  '.weft-icon': { display: 'grid', placeItems: 'center', width: '2.25rem', padding: '0' },
  '.weft-icon svg': {
    width: '1.25rem',
    height: '1.25rem',
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: '1.75',
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  },
  '.weft-word': {
    padding: '0 0.75rem',
    fontSize: 'inherit',
    fontWeight: 'var(--weight)',
    whiteSpace: 'nowrap',
    color: 'var(--ink)',
    borderColor: 'var(--line)',
  },
  '.weft-icon:hover, .weft-word:hover, .weft-choice:hover': { color: 'var(--ink)', backgroundColor: 'var(--hover)' },
  '.weft-icon[aria-expanded=true]': { color: 'var(--accent)', backgroundColor: 'var(--wash)' },
  '.weft-choice': {
    position: 'relative',
    display: 'grid',
    placeItems: 'center',
    minWidth: '2.25rem',
    fontWeight: 'var(--weight)',
  },
  // The box is the whole choice, so that it is hit and focused as what is seen.
  '.weft-choice input': { position: 'absolute', inset: '0', margin: '0', opacity: '0', cursor: 'pointer' },
  '.weft-choice:has(:checked)': { color: 'var(--accent)', backgroundColor: 'var(--wash)', borderColor: 'currentColor' },
  '.weft-choice:has(:focus-visible)': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '@media (pointer: coarse)': {
    '.weft-panel input:not([type=checkbox]), .weft-icon, .weft-word, .weft-choice': { minHeight: 'var(--touch)' },
    '.weft-icon, .weft-choice': { minWidth: 'var(--touch)' },
  },
});
