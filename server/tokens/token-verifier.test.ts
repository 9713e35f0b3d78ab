import { createHmac, createPublicKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { PERSON_COLORS } from '../../shared/person-colors.ts';
import { parseConfig } from '../setup/config.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { forgeToken, goodClaims, JWT_SECRET, KeyHolder, signToken } from '../../testing/token-maker.ts';
import { openTokens, type TokenVerifier } from './token-verifier.ts';

const NOW = 1_700_000_000;
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let holders: KeyHolder[];
let rsa: KeyHolder;
let verifier: TokenVerifier;
/** Counts whoever is lured into fetching what a token names. */
let lure: Server;
let fetched = 0;
let lureUrl: string;

const verifierWith = (settings: Record<string, string>) => {
  const clock = new ManualClock();
  return openTokens(parseConfig(settings), { clock, jobs: new BackgroundJobs({ clock, logger }) });
};

beforeAll(async () => {
  folder = temporaryFolder();
  holders = [
    await KeyHolder.make('RS256', 'of rsa'),
    await KeyHolder.make('ES256', 'of the curve'),
    await KeyHolder.make('EdDSA', 'of edwards'),
  ];
  rsa = holders[0]!;
  const path = join(folder, 'jwks.json');
  await writeFile(path, JSON.stringify({ keys: holders.map(({ publicKey }) => publicKey) }));
  verifier = await verifierWith({ WEFT_JWT_SECRET: JWT_SECRET, WEFT_JWT_JWKS_FILE: path });
  lure = createServer((_request, response) => {
    fetched += 1;
    response.end(JSON.stringify({ keys: [rsa.publicKey] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => lure.once('listening', resolve));
  lureUrl = `http://127.0.0.1:${(lure.address() as AddressInfo).port}/jwks`;
});
afterAll(async () => {
  lure.close();
});

const refusal = (token: string): Promise<unknown> =>
  verifier.verify(token).then(
    (requester) => requester,
    (error: { code?: string; message: string }) => error.code ?? error,
  );

describe('K2 a good token', () => {
  it('names a user: id, name, colour, grants and end', async () => {
    const documents = [
      { id: 'notes', role: 'editor' },
      { id: 'plan', role: 'viewer' },
    ];
    const requester = await verifier.verify(await signToken(goodClaims({ color: '#2e67c6', documents, admin: true })));
    expect(requester).toEqual({
      id: 'mina',
      name: 'Mina 민아',
      color: '#2e67c6',
      choseColor: true,
      token: {
        expiresAt: 1_700_086_400_000,
        countsUntil: 1_700_086_460_000,
        grants: new Map([
          ['notes', 'editor'],
          ['plan', 'viewer'],
        ]),
      },
    });
  });

  it('without a colour gives the user one of the twelve, always the same, that may give way', async () => {
    const [first, again] = [await verifier.verify(await signToken()), await verifier.verify(await signToken())];
    expect(PERSON_COLORS.map(({ value }) => value)).toContain(first.color);
    expect([first.choseColor, first.color]).toEqual([undefined, again.color]);
    expect(first.token!.grants).toBeUndefined();
  });

  it('may be signed by a key of each kind', async () => {
    for (const holder of holders) {
      expect(await verifier.verify(await holder.sign(goodClaims({ sub: holder.alg })))).toMatchObject({
        id: holder.alg,
      });
    }
  });

  it.each(['a', 'auth0|0123', 'mina@example.org', 'urn:user:1', 'a'.repeat(128), 'Z29vZA=='])(
    'may be of %s',
    async (sub) => {
      expect((await verifier.verify(await signToken(goodClaims({ sub })))).id).toBe(sub);
    },
  );

  it('may name several audiences, ours among them', async () => {
    expect(await verifier.verify(await signToken(goodClaims({ aud: ['other', 'weft'] })))).toMatchObject({
      id: 'mina',
    });
  });
});

describe('K1, FA1 the signature', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', '', 'HS384', 'HS512', 'PS256', 'RS512', 'ES384', ' HS256', 'hs256'])(
    'of the algorithm "%s" is refused',
    async (alg) => {
      expect(await refusal(forgeToken({ alg }))).toBe('unauthenticated');
      expect(await refusal(forgeToken({ alg }, goodClaims(), 'AAAA'))).toBe('unauthenticated');
    },
  );

  it('by HS256 with a public key as the secret is refused', async () => {
    const pem = createPublicKey({ key: rsa.publicKey, format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString();
    for (const secret of [pem, pem.trim(), ` ${pem}`, JSON.stringify(rsa.publicKey)]) {
      for (const kid of [undefined, rsa.kid]) {
        const unsigned = forgeToken({ alg: 'HS256', kid }).replace(/\.$/, '');
        const mac = createHmac('sha256', secret).update(unsigned).digest('base64url');
        expect(await refusal(`${unsigned}.${mac}`)).toBe('unauthenticated');
      }
    }
  });

  it('by another key of the same kind, or under the name of a key of another kind, is refused', async () => {
    expect(await refusal(await (await KeyHolder.make('RS256', rsa.kid)).sign())).toBe('unauthenticated');
    expect(await refusal(await rsa.sign(goodClaims(), { kid: 'of the curve' }))).toBe('unauthenticated');
    expect(await refusal(await signToken(goodClaims(), { secret: `${JWT_SECRET}!` }))).toBe('unauthenticated');
  });

  it('that is missing, cut or altered is refused', async () => {
    const token = await signToken();
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const other = forgeToken({}, goodClaims({ sub: 'jun' })).split('.')[1]!;
    const broken = [
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${signature.slice(0, -4)}`,
      `${header}.${other}.${signature}`,
      `${token}.x`,
      ` ${token}`,
      `${token}\n`,
    ];
    for (const text of [...broken, '', '.', '..', 'null', 'x.y.z', '[]', 'Bearer'])
      expect(await refusal(text)).toBe('unauthenticated');
  });

  it('with a critical extension is refused', async () => {
    for (const crit of [['b64'], ['exp'], ['urn:unknown'], [], 'exp']) {
      expect(await refusal(forgeToken({ alg: 'HS256', crit, b64: false }, goodClaims(), 'AAAA'))).toBe(
        'unauthenticated',
      );
    }
  });
});

describe('K1, FA2 a header', () => {
  it.each(['../../etc/passwd', "' OR 1=1 --", 'https://evil.example', ['of rsa'], { a: 1 }, 7, 'x'.repeat(1000)])(
    'with the key id %j finds no key',
    async (kid) => {
      const [, payload, signature] = (await rsa.sign()).split('.') as [string, string, string];
      const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid })).toString('base64url');
      expect(await refusal(`${header}.${payload}.${signature}`)).toBe('unauthenticated');
      if (typeof kid === 'string') expect(await refusal(await rsa.sign(goodClaims(), { kid }))).toBe('unauthenticated');
    },
  );

  it('that brings a key, or says where one is, is refused, and nobody looks there', async () => {
    const stranger = await KeyHolder.make('RS256', 'mine');
    for (const header of [{ jku: lureUrl }, { x5u: lureUrl }, { jwk: stranger.publicKey }]) {
      expect(await refusal(await stranger.sign(goodClaims(), header))).toBe('unauthenticated');
      expect(await refusal(await rsa.sign(goodClaims(), header))).toBe('unauthenticated');
    }
    expect(fetched).toBe(0);
  });
});

describe('K2, FA3, FW3 a claim', () => {
  it.each([
    ['exp', [undefined, '1700086400', 1e20, null, true, -1, {}, NOW - 61]],
    ['nbf', [NOW + 61, '0']],
    ['aud', [undefined, 'other', '', ['other'], [], [['weft']], { weft: true }, 'weft ', 'WEFT']],
    [
      'sub',
      [
        undefined,
        '',
        'guest_',
        'guest_AAAAAAAAAAAAAAAAAAAAAA',
        'two words',
        'a\nb',
        7,
        ['mina'],
        'x'.repeat(129),
        '민아',
      ],
    ],
    ['name', [undefined, '', '\u200b', 'two\nlines', 'x'.repeat(65), 7, '\u001b[31m']],
    ['color', ['red', '#FFF', 7, null]],
    [
      'documents',
      [{}, 'notes', [{ id: 'notes' }], [{ id: '../x', role: 'editor' }], [{ id: 'a', role: 'admin' }], null],
    ],
  ] as const)('%s is refused where it is none of what it should be', async (claim, values) => {
    for (const value of values) {
      expect([value, await refusal(await signToken(goodClaims({ [claim]: value })))]).toEqual([
        value,
        'unauthenticated',
      ]);
    }
  });

  it('documents is refused where it names a document twice', async () => {
    const documents = [
      { id: 'notes', role: 'viewer' },
      { id: 'notes', role: 'owner' },
    ];
    expect(await refusal(await signToken(goodClaims({ documents })))).toBe('unauthenticated');
  });

  it('is named in the refusal, once the signature is known to be right, and not before', async () => {
    await expect(verifier.verify(await signToken(goodClaims({ name: '' })))).rejects.toThrow(/claim name/);
    await expect(verifier.verify(await signToken(goodClaims({ aud: 'x' })))).rejects.toThrow(/claim aud/);
    await expect(verifier.verify(await signToken(goodClaims({ exp: NOW - 61 })))).rejects.toThrow(/has expired/);
    const forged = await signToken(goodClaims({ exp: NOW - 61 }), { secret: 'another secret of thirty-two bytes' });
    await expect(verifier.verify(forged)).rejects.toThrow('The token is not signed by a key of this server');
  });
});

it('K6, FA8 a token counts for 60 s more than its claims say, for clocks that differ', async () => {
  expect(await refusal(await signToken(goodClaims({ exp: NOW - 59 })))).toMatchObject({ id: 'mina' });
  expect(await refusal(await signToken(goodClaims({ nbf: NOW + 59 })))).toMatchObject({ id: 'mina' });
  expect(await refusal(await signToken(goodClaims({ exp: NOW - 60 })))).toBe('unauthenticated');
});

describe('K1, FA4', () => {
  it('10,000 mixed tokens at once never give the claims of somebody else', async () => {
    const count = 10_000;
    const bad = [
      await rsa.sign(goodClaims({ exp: 1 })),
      await signToken(goodClaims({ aud: 'x' })),
      forgeToken({ alg: 'none' }),
    ];
    const asked = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        if (index % 4 === 3) return { sub: undefined, token: bad[index % 3]! };
        const sub = `user-${index % 97}-${index}`;
        const claims = goodClaims({ sub, name: `Name of ${sub}`, documents: [{ id: `of-${index}`, role: 'editor' }] });
        return { sub, token: index % 40 < 2 ? await holders[index % 3]!.sign(claims) : await signToken(claims) };
      }),
    );
    const answers = await Promise.all(asked.map(({ token }) => verifier.verify(token).catch(() => undefined)));
    const wrong = answers.filter((requester, index) => {
      const { sub } = asked[index]!;
      if (sub === undefined || requester === undefined) return requester !== sub;
      return (
        requester.id !== sub || requester.name !== `Name of ${sub}` || !requester.token!.grants!.has(`of-${index}`)
      );
    });
    expect(wrong).toEqual([]);
    expect(answers.filter((requester) => requester !== undefined)).toHaveLength(count * 0.75);
  });

  it('a token over the limit is refused unread', async () => {
    const long = await signToken(goodClaims({ padding: 'x'.repeat(75_000) }));
    expect(long.length).toBeGreaterThan(100_000);
    await expect(verifier.verify(long)).rejects.toThrow('A token has at most 8192 bytes');
  });
});

it('refuses every token where there are no keys', async () => {
  const without = await verifierWith({});
  await expect(without.verify(await signToken())).rejects.toMatchObject({ code: 'unauthenticated' });
});
