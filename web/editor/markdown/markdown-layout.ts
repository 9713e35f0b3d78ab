import { syntaxTree } from '@codemirror/language';
import { RangeSet, type Extension, type Range } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { Decoration, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { editorWords } from '../../words/en/editor.ts';
import { IS_APPLE } from '../keys/chord.ts';
import { isAtLeast, isEmbedded } from '../place/room.ts';
import { HangWidths, type LetterKind } from './hang-widths.ts';
import { shapesIn, type LineShape, type Piece } from './line-shapes.ts';
import { LINK_CLASS } from './links.ts';
import { nestingOfItem, type Item, type Nesting } from './list-items.ts';
import { TASK_CLASS } from './tasks.ts';

/** Of headings by level: multiples of the size of the text. */
export const HEADING_SIZES = [1, 1.6, 1.32, 1.14, 1, 1, 1] as const;

/** Pixels that are left free at the edge beside a mark in the margin. */
const MARGIN_LEFT = 8;

/** How far a line hangs, and how wide its tabs are, in pixels. */
interface Hang {
  readonly width: number;
  readonly tab?: number;
}

const PLAIN: LetterKind = { size: 1, weight: 400, isItalic: false };

/**
 * Lays lines out by what they are: marks of headings hang in the margin where there is room, further rows of items and quotes begin
 * under the first letter of their text, code is a block. Nothing is put into the text; only what is near the screen is looked at.
 */
export const markdownLayout: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    readonly #widths: HangWidths;

    constructor(view: EditorView) {
      this.#widths = new HangWidths(view.scrollDOM);
      this.#widths.takeFont(view.contentDOM);
      this.decorations = this.#decorate(view);
      this.#lookForRoom(view);
    }

    update({ view, docChanged, viewportChanged, geometryChanged, state, startState }: ViewUpdate): void {
      const isOtherFont = geometryChanged && this.#widths.takeFont(view.contentDOM);
      const isReadFurther = syntaxTree(state) !== syntaxTree(startState);
      if (docChanged || viewportChanged || isOtherFont || isReadFurther) this.decorations = this.#decorate(view);
      if (geometryChanged) this.#lookForRoom(view);
    }

    #decorate({ state, viewport }: EditorView): DecorationSet {
      const { lines, pieces } = shapesIn(state, viewport.from, viewport.to);
      const columns = new Map<Item, number>();
      const lineRanges = [...lines]
        .filter(([from]) => from >= viewport.from)
        .map(([from, shape]) => this.#lineDecoration(shape, columns).range(from));
      return RangeSet.of<Decoration>(
        [...lineRanges, ...pieces.map((piece) => pieceDecoration(piece, state.sliceDoc(piece.from, piece.to)))],
        true,
      );
    }

    #lineDecoration(shape: LineShape, columns: Map<Item, number>): Decoration {
      const { hanging, next, level, isQuote, nesting, isTable, code } = shape;
      const kind: LetterKind = { size: HEADING_SIZES[level]!, weight: level > 0 ? 600 : 400, isItalic: isQuote };
      const { width, tab } = this.#hang(hanging, next, kind);
      const classes = [
        level > 0 ? 'weft-heading' : 'weft-hanging',
        isQuote && 'weft-quote',
        isTable && 'weft-table',
        code && 'weft-code',
        code?.isFirst && 'is-first',
        code?.isLast && 'is-last',
      ];
      const nest = nesting === undefined ? 0 : this.#nest(nesting, { width, tab }, columns);
      const styles = [
        `--hang: ${width.toFixed(2)}px`,
        nest > 0 && `--nest: ${nest.toFixed(2)}px`,
        tab !== undefined && `tab-size: ${tab.toFixed(2)}px`,
      ];
      const attributes = { style: styles.filter(Boolean).join('; ') };
      return Decoration.line({ class: classes.filter(Boolean).join(' '), attributes });
    }

    /**
     * How far a line hangs. Browsers measure tabs from where the text begins, wherever its first row does; so tabs before a mark
     * are made as wide as the mark, and stand under the text of the line above.
     */
    #hang(text: string, next: string, kind: LetterKind): Hang {
      const [, tabs, rest] = /^(\t*)(.*)$/s.exec(text)!;
      if (rest!.includes('\t')) return { width: 0 };
      const width = this.#widths.of(rest!, next, kind);
      if (width === undefined) return { width: 0 };
      // Half a pixel less, so that rounding does not make the first tab end where it begins.
      if (tabs !== '' && width > 1) return { width: (tabs!.length + 1) * width - 0.5, tab: width };
      return { width };
    }

    /** How far a line stands in, with all of its letters, so that its indent ends where the text above begins, or behind that. */
    #nest({ item, indent }: Nesting, hang: Hang, columns: Map<Item, number>): number {
      const tabs = /^\t*/.exec(indent)![0].length;
      const width = hang.tab === undefined ? this.#widths.of(indent, '', PLAIN) : tabs * hang.tab - 0.5;
      if (width === undefined || (hang.tab === undefined && tabs > 0) || hang.width === 0) return 0;
      return Math.max(0, Math.min(this.#columnOf(item, columns) - width, this.#widths.widest - hang.width));
    }

    /** Where the text of an item begins, in pixels from the column. */
    #columnOf(item: Item, columns: Map<Item, number>): number {
      const known = columns.get(item);
      if (known !== undefined) return known;
      const hang = this.#hang(item.hanging, item.next, PLAIN);
      const nesting = nestingOfItem(item);
      const nest = nesting === undefined ? 0 : this.#nest(nesting, hang, columns);
      columns.set(item, nest + hang.width);
      return nest + hang.width;
    }

    /** Headings hang if the widest mark fits beside the text. */
    #lookForRoom(view: EditorView): void {
      view.requestMeasure({
        key: this,
        read: () => {
          const heading = view.contentDOM.querySelector('.weft-heading');
          if (heading === null) return undefined;
          const { paddingInlineStart } = getComputedStyle(heading);
          const marks = view.contentDOM.querySelectorAll<HTMLElement>('.weft-heading');
          const widest = Math.max(...[...marks].map(({ style }) => parseFloat(style.getPropertyValue('--hang'))));
          // In narrower windows the margin takes the initials of others.
          return isAtLeast(view, isEmbedded(view) ? 40 : 60) && parseFloat(paddingInlineStart) >= widest + MARGIN_LEFT;
        },
        write: (hasRoom) => {
          if (hasRoom === undefined || view.scrollDOM.classList.contains('weft-has-margin') === hasRoom) return;
          view.scrollDOM.classList.toggle('weft-has-margin', hasRoom);
          view.requestMeasure();
        },
      });
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function pieceDecoration({ from, to, kind }: Piece, text: string): Range<Decoration> {
  if (kind === 'done') return Decoration.mark({ class: 'weft-done' }).range(from, to);
  if (kind === 'link') {
    const title = editorWords.opensLink(IS_APPLE ? '⌘' : 'Ctrl');
    return Decoration.mark({ class: LINK_CLASS, attributes: { title } }).range(from, to);
  }
  const isDone = /x/i.test(text);
  return Decoration.mark({ class: isDone ? `${TASK_CLASS} is-done` : TASK_CLASS }).range(from, to);
}
