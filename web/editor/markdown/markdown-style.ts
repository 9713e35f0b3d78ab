import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { BOX_SIZE } from './hang-widths.ts';
import { HEADING_SIZES } from './markdown-layout.ts';

const STRONG = 'var(--weight-strong)';

/** Code in a heading takes its size from the same piece of text. */
function heading(level: 1 | 2 | 3) {
  const size = HEADING_SIZES[level];
  return {
    '--heading': `${size}`,
    fontSize: `${size}em`,
    fontWeight: STRONG,
    lineHeight: '1.3',
    letterSpacing: '-0.012em',
  };
}

/** How the letters of Markdown look. */
export const markdownStyle = HighlightStyle.define([
  { tag: tags.heading1, ...heading(1) },
  { tag: tags.heading2, ...heading(2) },
  { tag: tags.heading3, ...heading(3) },
  { tag: [tags.heading4, tags.heading5, tags.heading6], fontWeight: STRONG },
  { tag: tags.strong, fontWeight: STRONG },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.quote, color: 'var(--ink-soft)', fontStyle: 'italic' },
  {
    tag: tags.monospace,
    fontFamily: 'var(--mono)',
    fontSize: 'calc(0.88em * var(--heading, 1))',
    backgroundColor: 'var(--code-wash)',
    borderRadius: '2px',
    // Room at the ends that moves no letters: it lies over the marks, which are quiet.
    boxShadow: '0 0 0 2px var(--code-wash)',
    boxDecorationBreak: 'clone',
  },
  { tag: tags.link, color: 'var(--accent)' },
  {
    tag: tags.url,
    color: 'var(--accent)',
    textDecoration: 'underline',
    textDecorationThickness: '1px',
    textUnderlineOffset: '0.2em',
  },
  { tag: [tags.labelName, tags.contentSeparator], color: 'var(--ink-faint)' },
  // Marks look like no part of what they mark. In headings their weight is that of the line.
  {
    tag: tags.processingInstruction,
    color: 'var(--ink-faint)',
    fontStyle: 'normal',
    fontWeight: 'inherit',
    textDecoration: 'none',
  },
  { tag: [tags.comment, tags.character, tags.escape], color: 'var(--ink-faint)' },
  { tag: tags.atom, color: 'var(--accent)', fontFamily: 'var(--mono)', fontSize: '0.88em' },
]);

/** How the lines of Markdown look, and the boxes of tasks, whose letters stay where they are. */
export const markdownTheme = EditorView.theme({
  '.weft-hanging': {
    paddingInlineStart: 'calc(var(--text-start) + var(--nest, 0px) + var(--hang))',
    textIndent: 'calc(-1 * var(--hang))',
  },
  '.weft-has-margin .weft-heading': { textIndent: 'calc(-1 * var(--hang))' },
  '.weft-probe': { position: 'absolute', visibility: 'hidden', whiteSpace: 'break-spaces' },
  '.weft-heading': { fontWeight: STRONG },
  '.weft-quote': {
    marginInlineStart: 'var(--text-start)',
    paddingInlineStart: 'calc(1.1rem + var(--hang))',
    borderInlineStart: '3px solid var(--line)',
  },
  '.weft-code': {
    marginInline: 'var(--text-start) var(--text-end)',
    paddingInline: '0.9rem',
    textIndent: '0',
    fontFamily: 'var(--mono)',
    fontSize: '0.88em',
    backgroundColor: 'var(--code-wash)',
  },
  '.weft-code span': { fontSize: 'inherit', backgroundColor: 'transparent', boxShadow: 'none' },
  '.weft-code.is-first': { paddingTop: '0.5rem', borderStartStartRadius: '10px', borderStartEndRadius: '10px' },
  '.weft-code.is-last': { paddingBottom: '0.5rem', borderEndStartRadius: '10px', borderEndEndRadius: '10px' },
  '.weft-table': { fontFamily: 'var(--mono)', fontSize: '0.88em' },
  '.weft-table span': { fontSize: 'inherit' },
  '.weft-quote.weft-code': { borderInlineStart: '0' },
  '.weft-done, .weft-done span': { color: 'var(--ink-faint)' },
  '.weft-opens-links .weft-link, .weft-opens-links .weft-link span': { cursor: 'pointer' },
  '.weft-task': { fontFamily: 'var(--mono)', fontSize: `${BOX_SIZE}em` },
  '.weft-task span': { font: 'inherit' },
  '@media not (forced-colors: active)': {
    '.weft-task': {
      '--reach': '0px',
      position: 'relative',
      color: 'transparent',
      cursor: 'pointer',
    },
    '.weft-task span': { color: 'transparent' },
    '[contenteditable=false] .weft-task': { cursor: 'auto' },
    // The box lies over the letters, of which it takes no room.
    '.weft-task::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: 'calc(0.35em + var(--reach))',
      insetBlockStart: '50%',
      width: '1.1em',
      height: '1.1em',
      transform: 'translateY(-50%)',
      border: '1.5px solid var(--line-strong)',
      borderRadius: '4px',
      backgroundColor: 'var(--sheet)',
    },
    '.weft-task:hover::before': { borderColor: 'var(--accent)' },
    '.weft-task.is-done::before': { borderColor: 'var(--accent)', backgroundColor: 'var(--accent)' },
    '.weft-task.is-done::after': {
      content: '""',
      position: 'absolute',
      insetInlineStart: 'calc(0.72em + var(--reach))',
      insetBlockStart: '50%',
      width: '0.32em',
      height: '0.6em',
      transform: 'translateY(-60%) rotate(45deg)',
      border: 'solid var(--on-accent)',
      borderWidth: '0 2px 2px 0',
    },
    '[contenteditable=false] .weft-task:hover::before': { borderColor: 'var(--line-strong)' },
  },
  '@media (pointer: coarse) and (not (forced-colors: active))': {
    // What a finger can hit is as high as the row, so that it never is the box or the words of the next one, and wider than the box;
    // inline, that takes no room.
    '.weft-task': { '--reach': '14px', padding: '0.39em var(--reach)', margin: '0 calc(-1 * var(--reach))' },
  },
  // What is done, and what is code, is seen by its ground.
  '@media print': { '.weft-task, .weft-code': { printColorAdjust: 'exact' } },
  '.weft-link-menu': {
    position: 'fixed',
    inset: 'auto',
    alignItems: 'center',
    gap: '0.25rem',
    maxWidth: 'calc(100vw - 12px)',
    margin: '0',
    padding: '0.25rem',
    font: 'var(--text-c)/1.4 var(--ui)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow-panel)',
  },
  '.weft-link-menu:popover-open': { display: 'flex' },
  '.weft-link-menu bdi': {
    minWidth: '0',
    maxWidth: '16rem',
    paddingInline: '0.5rem',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
    color: 'var(--ink-soft)',
  },
  '.weft-link-menu button': {
    flex: 'none',
    minHeight: 'var(--control)',
    padding: '0 0.75rem',
    fontWeight: 'var(--weight)',
    color: 'var(--ink)',
    backgroundColor: 'transparent',
    border: '0',
    borderRadius: 'var(--radius-s)',
  },
  '.weft-link-menu button:hover': { backgroundColor: 'var(--hover)' },
});
