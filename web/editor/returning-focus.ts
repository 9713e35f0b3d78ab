import { EditorView } from '@codemirror/view';

/**
 * When the focus comes back, the caret is where it was. Browsers put it before the first letter if something else was clicked or
 * selected meanwhile, as in a dialog. A press in the text says by itself where the caret is to be.
 */
export const returningFocus = EditorView.domEventHandlers({
  focus: (_, view) => {
    if (!view.contentDOM.matches(':active')) view.focus();
  },
});
