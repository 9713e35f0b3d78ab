import { LINK_SECRET_LENGTH } from '../../shared/protocol/bounds.ts';

/** What an address within Weft means, after whatever programs on its way have made of it. */
export interface Address {
  /** The path of the page that is meant; undefined where that is not certain. */
  readonly path: string | undefined;
  /** The secret of a share link, or what is left of it. */
  readonly link?: string;
}

/** How often an address may have been escaped anew. */
const ESCAPED = 4;
/** Spaces, line breaks, controls and what nobody sees, which programs put into long lines. */
const UNSEEN = /[\s\p{Cc}\p{Cf}]/gu;
/** What ends a sentence, a parenthesis or a quotation around an address, and is no part of it. */
const CLOSING = /^[/.,;:!?)\]}>'"’”»›。、…*|\\]*$/u;

/**
 * Reads a path with query and fragment. Mail programs, gateways and chats escape the `#`, add parameters, break lines, and take the
 * full stop behind an address along; where it is certain what was meant, that is what it means.
 */
export function readAddress(address: string): Address {
  const plain = unescaped(address)
    .replace(/&(?:amp;)+/gi, '&')
    .replace(/&(?:#35|#x23|num);/gi, '#')
    .replace(UNSEEN, '');
  const secret = /[#?&]link=([\w-]*)/.exec(plain)?.[1]?.slice(0, LINK_SECRET_LENGTH);
  const link = secret === undefined ? {} : { link: secret };
  const [, id, behind] = /^\/+d\/+([\w-]{1,64})(.*)$/.exec(plain) ?? [];
  const rest = (behind ?? plain).replace(/[?#&].*$/, '');
  if (!CLOSING.test(rest)) return { path: undefined, ...link };
  return { path: id === undefined ? '/' : `/d/${id}`, ...link };
}

function unescaped(address: string): string {
  let plain = address;
  try {
    for (let round = 0; round < ESCAPED && plain.includes('%'); round += 1) plain = decodeURIComponent(plain);
  } catch {
    // A percent sign that escapes nothing: nobody escaped it anew.
  }
  return plain;
}
