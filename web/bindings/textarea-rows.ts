/** What decides where a textarea breaks its lines. */
const COPIED = [
  ...['boxSizing', 'borderLeftWidth', 'borderRightWidth', 'borderLeftStyle', 'borderRightStyle', 'paddingTop'],
  ...['paddingLeft', 'paddingRight', 'font', 'fontFeatureSettings', 'fontKerning', 'letterSpacing', 'wordSpacing'],
  ...['lineHeight', 'tabSize', 'textIndent', 'textTransform', 'textAlign', 'direction', 'wordBreak', 'overflowWrap'],
] as const;

/**
 * How far from the top of the whole text the rows of some places (UTF-16 units) are, in pixels. A textarea does not tell, so the text
 * is laid out once more in an element that looks the same, for as long as that takes.
 */
export function rowTops(textarea: HTMLTextAreaElement, places: readonly number[]): number[] {
  const { ownerDocument: document } = textarea;
  const mirror = document.createElement('div');
  const style = getComputedStyle(textarea);
  for (const name of COPIED) mirror.style[name] = style[name];
  const scrollbar = textarea.offsetWidth - textarea.clientWidth - sum(style.borderLeftWidth, style.borderRightWidth);
  Object.assign(mirror.style, {
    position: 'absolute',
    visibility: 'hidden',
    top: '0',
    left: '-9999px',
    width: `${parseFloat(style.width) - scrollbar}px`,
    whiteSpace: textarea.wrap === 'off' ? 'pre' : 'pre-wrap',
  });
  const text = document.createTextNode(`${textarea.value}\u200b`);
  mirror.append(text);
  document.body.append(mirror);
  const { top } = mirror.getBoundingClientRect();
  const tops = places.map((place) => {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    // At the end of a line there is a break, whose box is where the caret would be.
    return range.getBoundingClientRect().top - top;
  });
  mirror.remove();
  return tops;
}

function sum(...lengths: readonly string[]): number {
  return lengths.reduce((all, one) => all + parseFloat(one), 0);
}
