const STYLES = `
  .weft-caret {
    --person-ink: var(--person);
    width: 2px;
    margin-left: -1px;
    pointer-events: none;
  }
  .weft-caret::before {
    content: '';
    position: absolute;
    left: 0;
    top: 0;
    width: 2px;
    height: var(--line-height);
    background: var(--person-ink);
    border-radius: 1px;
    forced-color-adjust: none;
  }
  .vs-dark .weft-caret, .hc-black .weft-caret { --person-ink: color-mix(in srgb, var(--person) 60%, white); }
  .weft-caret.is-idle { opacity: 0.5; }
  .weft-name {
    position: absolute;
    left: 0;
    bottom: 0;
    padding: 0 0.4rem;
    max-width: 8.5rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font: 600 0.6875rem/1.125rem system-ui, sans-serif;
    color: #ffffff;
    background: var(--person);
    border-radius: 4px;
    forced-color-adjust: none;
    visibility: hidden;
  }
  .weft-caret.is-first .weft-name { bottom: auto; top: var(--line-height); }
  .weft-caret.is-named .weft-name { visibility: visible; }
`;

type Root = Document | ShadowRoot;

/** The sheet of a root, and the colours that it knows. */
const adopted = new WeakMap<Root, { readonly sheet: CSSStyleSheet; readonly colours: Set<string> }>();

/** The class of what somebody with this colour, `#rrggbb`, has selected. */
export function selectionClass(colour: string): string {
  return `weft-selection-${colour.slice(1)}`;
}

/**
 * Lets a page or shadow root know how carets look, and selections of these colours: Monaco takes classes for them, no styles. In a sheet
 * that is made by script, which every content security policy allows.
 */
export function adoptCaretStyles(root: Node | undefined, colours: readonly string[]): void {
  if (!isRoot(root)) return;
  let known = adopted.get(root);
  if (known === undefined) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    known = { sheet, colours: new Set() };
    adopted.set(root, known);
  }
  for (const colour of colours) {
    if (known.colours.has(colour)) continue;
    known.colours.add(colour);
    known.sheet.insertRule(
      `.${selectionClass(colour)} { background: color-mix(in srgb, ${colour} 25%, transparent); forced-color-adjust: none; }`,
    );
  }
}

function isRoot(node: Node | undefined): node is Root {
  return node !== undefined && 'adoptedStyleSheets' in node;
}
