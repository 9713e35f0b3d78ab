/**
 * Text from outside (paste, drop) as a document may hold it: line breaks are LF, NUL and halves of surrogate pairs are left
 * out. Everything else stays bit for bit.
 */
export function cleanText(text: string): string {
  const unified = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const whole = unified.isWellFormed() ? unified : unified.replace(/\p{Cs}/gu, '');
  return whole.includes('\0') ? whole.replaceAll('\0', '') : whole;
}
