import { createHmac } from 'node:crypto';

/**
 * A token for a user of yours, good for an hour. Without `documents` the user has an account.
 *
 * @param {{ id: string, name: string, documents?: { id: string, role: string }[] }} user
 */
export function signToken({ id, name, documents }, secret = process.env['WEFT_JWT_SECRET'] ?? '') {
  const claims = { sub: id, name, documents, aud: 'weft', exp: Math.floor(Date.now() / 1000) + 3600 };
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
