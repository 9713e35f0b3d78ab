/** Going to a line by its number, loaded when it is used for the first time. */
import { EditorSelection, StateEffect, StateField } from '@codemirror/state';
import { EditorView, showPanel, type Panel } from '@codemirror/view';
import { findWords } from '../../words/en/find.ts';
import { iconButton, panelTheme, part, wordButton } from './panel-parts.ts';

const setOpen = StateEffect.define<boolean>();

const panel = StateField.define<boolean>({
  create: () => true,
  update: (isOpen, { effects }) => effects.find((effect) => effect.is(setOpen))?.value ?? isOpen,
  provide: (field) => showPanel.from(field, (isOpen) => (isOpen ? makePanel : null)),
});

/** Asks for the number of a line. */
export function openGoToLine(view: EditorView): void {
  const isEquipped = view.state.field(panel, false) !== undefined;
  view.dispatch({ effects: isEquipped ? setOpen.of(true) : StateEffect.appendConfig.of([panel, panelTheme]) });
  view.dom.querySelector<HTMLInputElement>('.weft-go-to-line input')?.select();
}

function close(view: EditorView): void {
  view.dispatch({ effects: setOpen.of(false) });
  view.focus();
}

/** Puts the caret at the beginning of a line, the first or the last if there is none of that number. */
function goTo(view: EditorView, number: number): void {
  const { doc } = view.state;
  const { from } = doc.line(Math.max(1, Math.min(number, doc.lines)));
  const effects = [EditorView.scrollIntoView(from, { y: 'center' }), setOpen.of(false)];
  view.dispatch({ selection: EditorSelection.cursor(from), effects });
  view.focus();
}

function makePanel(view: EditorView): Panel {
  const { state } = view;
  const label = findWords.lineNumber;
  const input = part('input', { attributes: { type: 'text', inputmode: 'numeric', 'aria-label': label } });
  input.setAttribute('autocomplete', 'off');
  input.value = String(state.doc.lineAt(state.selection.main.head).number);
  const hint = part('span', { class: 'weft-hint' }, findWords.ofLines(state.doc.lines));
  const go = (): void => {
    const number = /^\s*(\d+)\s*$/.exec(input.value)?.[1];
    input.setAttribute('aria-invalid', String(number === undefined));
    if (number === undefined) input.select();
    else goTo(view, Number(number));
  };
  const last = iconButton('close', findWords.close, () => close(view));
  last.classList.add('weft-last');
  const row = part(
    'div',
    { class: 'weft-row' },
    part('span', { class: 'weft-label', attributes: { 'aria-hidden': 'true' } }, findWords.goToLine),
    part('div', { class: 'weft-field weft-number' }, input),
    hint,
    wordButton(findWords.go, go),
    last,
  );
  const attributes = { role: 'group', 'aria-label': findWords.goToLine, 'data-testid': 'go-to-line' };
  const dom = part('div', { class: 'weft-panel weft-go-to-line', attributes }, row);
  dom.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Escape' && !(event.key === 'Enter' && event.target === input))) return;
    event.preventDefault();
    if (event.key === 'Enter') go();
    else close(view);
  });
  return {
    dom,
    top: true,
    mount: () => input.select(),
    update: ({ docChanged, state: { doc } }) => {
      if (docChanged) hint.textContent = findWords.ofLines(doc.lines);
    },
  };
}
