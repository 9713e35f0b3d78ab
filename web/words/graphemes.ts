let segmenter: Intl.Segmenter | undefined;

/**
 * Divides a text into what people see as letters. Made when it is first needed, and once: the first in a page takes some 12 ms, which
 * the first text on the screen would wait for, and avatars ask often.
 */
export function graphemes(): Intl.Segmenter {
  return (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' }));
}
