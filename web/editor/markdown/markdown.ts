import {
  HighlightStyle,
  Language,
  defineLanguageFacet,
  forceParsing,
  language,
  syntaxHighlighting,
} from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { GFM, parser } from '@lezer/markdown';
import { continueMarkup } from './list-continuation.ts';
import { WatchedParser, markdownLimits } from './markdown-limits.ts';
import { nextTask } from '../binding/pace.ts';

/** How far CodeMirror parses ahead of the screen, in UTF-16 units. */
const AHEAD = 100_000;
/** Milliseconds of one step. */
const STEP = 20;

/**
 * Markdown from `@lezer/markdown` alone. `@codemirror/lang-markdown` brings the grammars of HTML, CSS and JavaScript along,
 * which are 70 KiB, and knows no bounds.
 */
export const markdownParser = parser.configure([GFM, markdownLimits]);

const data = defineLanguageFacet();

const markdownStyle = HighlightStyle.define([
  { tag: tags.heading1, fontSize: '1.6em', fontWeight: '650', lineHeight: '1.3', letterSpacing: '-0.012em' },
  { tag: tags.heading2, fontSize: '1.32em', fontWeight: '650', lineHeight: '1.3', letterSpacing: '-0.012em' },
  { tag: tags.heading3, fontSize: '1.14em', fontWeight: '650' },
  { tag: [tags.heading4, tags.heading5, tags.heading6], fontWeight: '650' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.quote, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: tags.monospace, fontFamily: 'var(--mono)', fontSize: '0.88em', backgroundColor: 'var(--code-wash)' },
  { tag: [tags.link, tags.url], color: 'var(--accent)' },
  { tag: tags.url, textDecoration: 'underline', textDecorationThickness: '1px', textUnderlineOffset: '0.2em' },
  { tag: [tags.processingInstruction, tags.labelName, tags.contentSeparator], color: 'var(--ink-faint)' },
  { tag: [tags.comment, tags.character, tags.escape], color: 'var(--ink-faint)' },
  { tag: tags.atom, color: 'var(--accent)', fontFamily: 'var(--mono)', fontSize: '0.88em' },
]);

/**
 * Markdown, recognised and highlighted; it is still plain text. `onSlow` is called once, when parsing made the page hang for a
 * moment; it should remove the extension.
 */
export function markdown(onSlow: () => void): Extension {
  const watched = new WatchedParser(markdownParser, onSlow, () => performance.now());
  return [
    new Language(data, watched),
    syntaxHighlighting(markdownStyle),
    keymap.of([{ key: 'Enter', run: continueMarkup }]),
  ];
}

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
