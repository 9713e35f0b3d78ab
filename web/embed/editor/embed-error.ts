import type { EmbedCode, EmbedError } from '../contract.ts';

/** What the promises of an embedded editor reject with. */
export function embedError(code: EmbedCode): EmbedError {
  return Object.assign(new Error(`The document cannot be used: ${code}`), { name: 'EmbedError', code });
}
