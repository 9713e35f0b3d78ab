import { RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

const byFirstLetter = Decoration.line({ attributes: { dir: 'auto' } });

/** Every line runs in the direction of its first letter, so that marks of lists and quotes stand where its text begins. */
export const lineDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      lines: DecorationSet;

      constructor(view: EditorView) {
        this.lines = visibleLines(view);
      }

      update({ view, docChanged, viewportChanged }: ViewUpdate): void {
        if (docChanged || viewportChanged) this.lines = visibleLines(view);
      }
    },
    { decorations: (plugin) => plugin.lines },
  ),
];

function visibleLines({ viewport, state }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (let position = viewport.from; position <= viewport.to;) {
    const line = state.doc.lineAt(position);
    builder.add(line.from, line.from, byFirstLetter);
    position = line.to + 1;
  }
  return builder.finish();
}
