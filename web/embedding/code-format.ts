/** Characters of a line, beyond which a tag has a line for each attribute. */
const LINE = 76;

/** Text as it stands in an attribute of HTML. */
export function inAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A tag with attributes that are written already, in one line if there is room. `end`: how it closes, as `></p>`. */
export function tag(name: string, attributes: readonly string[], end: string, indent = ''): string {
  const line = `${indent}<${[name, ...attributes].join(' ')}${end}`;
  if (line.length <= LINE) return line;
  const inside = attributes.map((attribute) => `${indent}  ${attribute}`);
  return [`${indent}<${name}`, ...inside, `${indent}${end.trimStart()}`].join('\n');
}

/** An object of JavaScript whose members are written already, in one line if there is room after `before`. */
export function object(members: readonly string[], before: string, indent = ''): string {
  const line = `{ ${members.join(', ')} }`;
  if (before.length + line.length <= LINE) return line;
  return ['{', ...members.map((member) => `${indent}  ${member},`), `${indent}}`].join('\n');
}

/** A piece of code: a text between quotation marks, or what is around it. */
export interface CodePiece {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Code in pieces, for colours; quotation marks that do not close on their line are no quotation marks. */
export function piecesOf(code: string): readonly CodePiece[] {
  return code
    .split(/("[^"\n]*"|'[^'\n]*')/)
    .map((text, index) => ({ text, isQuoted: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
