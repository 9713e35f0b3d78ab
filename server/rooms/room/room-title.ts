import type { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { headingOf, OPENING_LENGTH, UNTITLED } from '../../../shared/text/opening.ts';
import type { DocumentRecord } from '../../stores/document-catalogue.ts';

/** What an open document is called now: its name, or while it has none what its text begins with. */
export function titleNow({ title, isNamed }: DocumentRecord, text: ChunkedText): string {
  return isNamed ? title : openingOf(text);
}

/** Of texts, each found once, since everybody who joins or lists asks for it. A text never changes. */
const openings = new WeakMap<ChunkedText, string>();

function openingOf(text: ChunkedText): string {
  const known = openings.get(text);
  if (known !== undefined) return known;
  const opening = headingOf(text.slice(0, OPENING_LENGTH)) ?? UNTITLED;
  openings.set(text, opening);
  return opening;
}
