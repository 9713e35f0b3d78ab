import { EditorView } from '@codemirror/view';

const letters = { font: '600 0.6875rem/1.125rem var(--ui)', whiteSpace: 'nowrap' };

/** How the carets, selections and names of others look. They keep their colours where the system forces its own: these say who. */
export const caretsTheme = EditorView.theme({
  '.weft-selection': { position: 'absolute', backgroundColor: 'var(--person-wash)' },
  '.weft-carets, .weft-names': { pointerEvents: 'none' },
  '.weft-carets, .weft-names, .weft-selections, .weft-ticks': { forcedColorAdjust: 'none' },
  '.weft-caret': {
    position: 'absolute',
    insetBlockStart: '0',
    left: '0',
    width: '2px',
    marginLeft: '-1px',
    willChange: 'transform',
    borderRadius: '1px',
    backgroundColor: 'var(--person-ink)',
  },
  '.weft-caret.is-idle': { opacity: '0.5' },
  // The knob shows the name again when the pointer rests on it.
  '.weft-caret::before': {
    content: '""',
    position: 'absolute',
    top: '-3px',
    left: '-2px',
    width: '6px',
    height: '6px',
    borderRadius: '50%',
    backgroundColor: 'var(--person-ink)',
  },
  // What a pointer can rest on.
  '.weft-caret::after': {
    content: '""',
    position: 'absolute',
    top: '-6px',
    left: '-5px',
    width: '12px',
    height: '12px',
    pointerEvents: 'auto',
  },

  '.weft-name-row': {
    position: 'absolute',
    insetBlockStart: '0',
    left: '0',
    display: 'flex',
    width: 'max-content',
    gap: '2px',
    animation: 'weft-name 120ms',
  },
  '@keyframes weft-name': { from: { opacity: '0' } },
  '@media (prefers-reduced-motion: reduce)': { '.weft-name-row': { animation: 'none' } },
  '.weft-name': {
    ...letters,
    flex: '0 1 auto',
    minWidth: '0',
    padding: '0 0.4rem',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    color: '#ffffff',
    backgroundColor: 'var(--person)',
    borderRadius: '4px',
  },
  // The whole name is in its title. What stands in the column lets clicks through.
  '.is-margin .weft-name': { pointerEvents: 'auto' },
  '.weft-name.is-idle': { opacity: '0.7' },
  '.weft-name.is-number': { flex: 'none', color: 'var(--sheet)', backgroundColor: 'var(--ink-soft)' },
  // Two wide letters, as of Korean, have room in the least that initials are given.
  '.is-initials .weft-name': { padding: '0 0.25rem', textOverflow: 'clip' },
  '.is-disc .weft-name': {
    flex: 'none',
    width: '1.125rem',
    padding: '0',
    fontSize: '0.5625rem',
    textAlign: 'center',
    borderRadius: '50%',
  },

  // Beside the scrollbar: who is off the screen.
  '.weft-ticks': {
    position: 'absolute',
    insetInlineEnd: 'var(--scrollbar)',
    zIndex: '160',
    width: '1.25rem',
    pointerEvents: 'none',
  },
  '.weft-tick': {
    position: 'absolute',
    insetInline: '0',
    insetBlockStart: '0',
    pointerEvents: 'auto',
    cursor: 'pointer',
  },
  '.weft-tick::before': {
    content: '""',
    position: 'absolute',
    insetInlineEnd: '2px',
    top: 'var(--middle)',
    width: '10px',
    height: '4px',
    marginBlockStart: '-2px',
    borderRadius: '2px',
    backgroundColor: 'var(--person-ink)',
  },
  '.weft-tick.is-idle::before': { opacity: '0.5' },
  '.weft-tick:hover::before': { width: '16px' },
  // A finger means the text, or scrolls it.
  '@media (pointer: coarse)': { '.weft-caret::after, .is-margin .weft-name, .weft-tick': { pointerEvents: 'none' } },

  '@media print': {
    '.weft-carets, .weft-names, .weft-selections, .weft-ticks': { display: 'none' },
  },
});
