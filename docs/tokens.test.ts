import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ManualClock } from '../shared/testing/manual-clock.ts';
import { JWT_SECRET } from '../testing/token-maker.ts';
import { keysOfSecret } from '../server/tokens/token-keys.ts';
import { TokenVerifier } from '../server/tokens/token-verifier.ts';

const page = readFileSync(new URL('./tokens.md', import.meta.url), 'utf8');
const exampleUrl = new URL('./examples/sign-token.mjs', import.meta.url);

it('shows the example as it is', () => {
  expect(page).toContain(readFileSync(exampleUrl, 'utf8'));
});

it('K2 shows a program whose tokens are taken', async () => {
  const { signToken } = (await import(exampleUrl.href)) as { signToken: (user: object, secret: string) => string };
  const options = { keys: [keysOfSecret(JWT_SECRET)], audience: 'weft', maximumBytes: 8192, grace: 0 };
  const verifier = new TokenVerifier({ ...options, clock: new ManualClock(Date.now()) });
  const documents = [{ id: 'notes', role: 'editor' }];
  const viewer = await verifier.verify(signToken({ id: 'mina', name: 'Mina 민아', documents }, JWT_SECRET));
  expect(viewer).toMatchObject({ id: 'mina', name: 'Mina 민아', token: { grants: new Map([['notes', 'editor']]) } });
  const account = await verifier.verify(signToken({ id: 'jun', name: 'Jun' }, JWT_SECRET));
  expect(account.token!.grants).toBeUndefined();
});
