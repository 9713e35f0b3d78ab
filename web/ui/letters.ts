import { graphemes } from '../words/graphemes.ts';

/** The longest beginning of a text of at most `longest` UTF-16 units that ends between two grapheme clusters. */
export function cutWhole(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const next = graphemes().segment(text).containing(longest);
  return text.slice(0, next?.index ?? longest);
}

/**
 * A field's text and caret, shortened to `longest` UTF-16 units after something was inserted before the caret: as many whole
 * grapheme clusters of the insertion stay as fit.
 */
export function fitted(
  text: string,
  caret: number,
  longest: number,
): { readonly text: string; readonly caret: number } {
  if (text.length <= longest) return { text, caret };
  const behind = text.slice(caret);
  const before = cutWhole(text.slice(0, caret), Math.max(0, longest - behind.length));
  return { text: cutWhole(before + behind, longest), caret: before.length };
}

/**
 * Bounds what can be typed and pasted into a field, in UTF-16 units. The browser's own `maxlength` cuts what is pasted within an emoji
 * or a letter with marks.
 */
export function atMost(longest: number): (field: HTMLInputElement) => () => void {
  return (field) => {
    const fit = (event: Event): void => {
      if (event instanceof InputEvent && event.isComposing) return;
      const { text, caret } = fitted(field.value, field.selectionStart ?? field.value.length, longest);
      if (text === field.value) return;
      field.value = text;
      field.setSelectionRange(caret, caret);
      // Listeners hear of the end of a composition by nothing else.
      if (event.type === 'compositionend') field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    // Before all others hear of it.
    field.addEventListener('input', fit, { capture: true });
    field.addEventListener('compositionend', fit);
    return () => {
      field.removeEventListener('input', fit, { capture: true });
      field.removeEventListener('compositionend', fit);
    };
  };
}
