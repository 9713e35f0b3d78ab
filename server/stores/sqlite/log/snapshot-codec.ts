import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import type { VersionName } from '../../../../shared/sync/change.ts';

/** A snapshot as it is stored: Brotli over UTF-8, and the CRC-32 of that UTF-8, because Brotli itself notices little. */
export interface PackedSnapshot extends VersionName {
  readonly checksum: number;
  readonly body: Uint8Array;
}

const compress = promisify(brotliCompress);

/** Compresses outside of every thread that has something better to do. Throws RangeError for a text that UTF-8 cannot hold. */
export async function packText(text: string): Promise<{ checksum: number; body: Uint8Array }> {
  if (!text.isWellFormed()) throw new RangeError('The text holds half of a surrogate pair');
  const bytes = Buffer.from(text, 'utf8');
  const body = await compress(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return { checksum: crc32(bytes), body };
}

/** The text of a stored snapshot. Throws where a single bit of it differs from what was packed. */
export function unpackText(checksum: number, body: Uint8Array): string {
  const bytes = brotliDecompressSync(body);
  if (crc32(bytes) !== checksum) throw new Error('The checksum differs');
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
