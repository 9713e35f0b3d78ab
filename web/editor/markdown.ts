import { HighlightStyle, Language, defineLanguageFacet, forceParsing, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { GFM, parser, type MarkdownConfig } from '@lezer/markdown';
import { nextTask } from './next-task.ts';

/** In UTF-16 units; a longer paragraph is read as several. */
const LONGEST_PARAGRAPH = 5_000;

/** CodeMirror reads so many UTF-16 units ahead of the screen. */
const AHEAD = 100_000;
/** Milliseconds of one step. */
const STEP = 20;

/**
 * A paragraph is read anew as a whole at every key, and in text without empty lines all of it is one paragraph: 120 ms per key in
 * 1 MB. Ending it at some line costs no more than emphasis that reaches over that line break.
 */
const limitedParagraphs: MarkdownConfig = {
  parseBlock: [
    { name: 'LimitedParagraph', endLeaf: (context, _line, leaf) => context.lineStart - leaf.start > LONGEST_PARAGRAPH },
  ],
};

/**
 * Markdown from `@lezer/markdown` alone. `@codemirror/lang-markdown` brings the grammars of HTML, CSS and JavaScript along:
 * 70 KiB more for every page.
 */
const markdownLanguage = new Language(defineLanguageFacet(), parser.configure([GFM, limitedParagraphs]));

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

/** Markdown, recognised and shown; it is still plain text. */
export function markdown(): Extension {
  return [markdownLanguage, syntaxHighlighting(markdownStyle)];
}

/** Reads what is ahead of the screen in short steps. CodeMirror itself takes a tenth of a second at a time, when nobody types. */
export async function readAhead(view: EditorView, signal: AbortSignal): Promise<void> {
  do {
    await nextTask();
    if (signal.aborted) return;
  } while (!forceParsing(view, Math.min(view.viewport.to + AHEAD, view.state.doc.length), STEP));
}
