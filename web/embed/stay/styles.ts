import base from '../../styles/base.css?embedded';
import tokens from '../../styles/tokens.css?embedded';
import own from './embed.css?embedded';

/**
 * One style sheet for all editors of a page, which their shadow roots adopt: policies of hosts that refuse styles do not refuse it.
 * The build hands the styles of components over to it (scripts/embedded-styles.ts).
 */
const sheet = new CSSStyleSheet();
let text = '';

/** Adds the styles of a part. */
export function addStyles(styles: string): void {
  text += styles;
  sheet.replaceSync(text);
}

addStyles(tokens + base + own);

/** Lets a shadow root have the styles. */
export function adoptStyles(root: ShadowRoot): void {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
