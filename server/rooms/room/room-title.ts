import type { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { headingOf, OPENING_LENGTH } from '../../../shared/text/opening.ts';
import { UNTITLED } from '../../../shared/text/untitled.ts';
import type { DocumentRecord } from '../../stores/document-catalogue.ts';

/** What an open document is called now: its name, or while it has none what its text begins with. */
export function titleNow({ title, isNamed }: DocumentRecord, text: ChunkedText): string {
  return isNamed ? title : (headingOf(text.slice(0, OPENING_LENGTH)) ?? UNTITLED);
}
