import { Language, defineLanguageFacet, forceParsing, language, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { GFM, parser, type MarkdownConfig } from '@lezer/markdown';
import { nestItems, unnestItems } from './item-nesting.ts';
import { pastedLink } from './link-format.ts';
import { linkClicks } from './links.ts';
import { continueMarkup } from './list-continuation.ts';
import { markdownLayout } from './markdown-layout.ts';
import { WatchedParser, markdownLimits } from './markdown-limits.ts';
import { markdownStyle, markdownTheme } from './markdown-style.ts';
import { taskClicks } from './tasks.ts';
import { nextTask } from '../binding/pace.ts';

/** How far CodeMirror parses ahead of the screen, in UTF-16 units. */
const AHEAD = 100_000;
/** Milliseconds of one step. */
const STEP = 20;

/**
 * The mark of an item beneath another one begins an item before anything is written in it. By CommonMark it does not: `-` makes a
 * heading of the line above, for as long as it takes to write a letter.
 */
const emptyItems: MarkdownConfig = {
  parseBlock: [
    {
      name: 'EmptyItem',
      endLeaf: (context, line) =>
        context.parentType().name === 'ListItem' && /^(?:[-*+]|\d{1,9}[.)])[ \t]+$/.test(line.text.slice(line.pos)),
    },
  ],
};

/**
 * Markdown from `@lezer/markdown` alone. `@codemirror/lang-markdown` brings the grammars of HTML, CSS and JavaScript along,
 * which are 70 KiB, and knows no bounds.
 */
export const markdownParser = parser.configure([GFM, markdownLimits, emptyItems]);

const data = defineLanguageFacet();

/** What Markdown tells its view. */
export interface MarkdownEvents {
  /** Called once, when parsing made the page hang for a moment; it should remove the extension. */
  readonly onSlow: () => void;
  /** A link was touched; `place` is in it, in UTF-16 units. */
  readonly onLink: (place: number) => void;
}

/** Markdown, recognised and highlighted; it is still plain text. */
export function markdown({ onSlow, onLink }: MarkdownEvents): Extension {
  const watched = new WatchedParser(markdownParser, onSlow, () => performance.now());
  return [
    new Language(data, watched),
    syntaxHighlighting(markdownStyle),
    markdownLayout,
    markdownTheme,
    taskClicks,
    linkClicks(onLink),
    linkPasting,
    keymap.of([
      { key: 'Enter', run: continueMarkup },
      { key: 'Tab', run: nestItems, shift: unnestItems },
    ]),
  ];
}

/** A pasted address over selected words makes a link. */
const linkPasting = EditorView.domEventHandlers({
  paste: (event, view) => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    const change = view.state.readOnly ? undefined : pastedLink(view.state, pasted);
    if (change === undefined) return false;
    event.preventDefault();
    view.dispatch(change);
    return true;
  },
});

/**
 * Parses ahead of the screen in short steps; CodeMirror itself takes a tenth of a second at a time, when nobody types. Ends when
 * the text is no longer Markdown.
 */
export async function readAhead(view: EditorView, signal: AbortSignal): Promise<void> {
  do {
    await nextTask();
    if (signal.aborted || view.state.facet(language) === null) return;
  } while (!forceParsing(view, Math.min(view.viewport.to + AHEAD, view.state.doc.length), STEP));
}

// What the editor needs of this part is loaded with it.
export { linkAt } from './links.ts';
export { canRunText, runText } from './text-commands.ts';
