import type { Limits } from '../../protocol/document-messages.ts';
import type { Edit } from '../../text/edit.ts';
import type { EditBudget } from '../../text/split-edit.ts';

/** Bytes of a submission around its operations. */
const ENVELOPE_BYTES = 256;
/** Bytes of an operation around its text, with two positions of the largest document. */
const OPERATION_BYTES = 64;
/** Bytes of one UTF-16 unit in JSON and UTF-8 at most: a control character becomes six. */
const UNIT_BYTES_MAX = 6;

/**
 * How much of an edit fits into one message, counted as it will be encoded, so that a long ASCII paste travels in one piece and
 * one of CJK text or control characters is cut early enough. `share`, in (0, 1], takes less, for a server that was stricter.
 */
export function submissionBudget(edit: Edit, limits: Limits, share = 1): EditBudget {
  const room = limits.messageBytes * share - ENVELOPE_BYTES;
  // At most half of a message is spent on what stands around the texts.
  const sites = Math.max(1, Math.floor(Math.min(limits.operations * share, room / 2 / OPERATION_BYTES)));
  let bytes = room - OPERATION_BYTES * Math.min(edit.length, sites);
  let units = 0;
  for (const part of edit) {
    if (typeof part !== 'string') continue;
    if (part.length * UNIT_BYTES_MAX <= bytes) {
      units += part.length;
      bytes -= encodedBytes(part);
      continue;
    }
    for (let index = 0; index < part.length; index += 1) {
      bytes -= unitBytes(part.charCodeAt(index));
      if (bytes < 0) return { units: Math.max(2, units), sites };
      units += 1;
    }
  }
  return { units: Math.max(2, units), sites };
}

function encodedBytes(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) bytes += unitBytes(text.charCodeAt(index));
  return bytes;
}

/** Half of a surrogate pair counts 2 of its 4 bytes; a cut never falls inside a pair. */
function unitBytes(unit: number): number {
  if (unit < 0x20) return UNIT_BYTES_MAX;
  if (unit === 0x22 || unit === 0x5c) return 2;
  if (unit < 0x80) return 1;
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}
