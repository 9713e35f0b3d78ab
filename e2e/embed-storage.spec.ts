import { expect, type Frame } from '@playwright/test';
import { JWT_SECRET, signToken } from '../testing/token-maker.ts';
import { readStored } from '../sdk/testing.ts';
import { expectConverged } from './fixtures/converged.ts';
import type { EmbeddedPerson } from './fixtures/embedded-person.ts';
import { test } from './fixtures/embed.ts';

/** Shows the page that somebody is on in a frame, in a page of another site; returns the frame. */
async function inForeignPage(person: EmbeddedPerson, topAddress: string): Promise<Frame> {
  const address = person.page.url();
  await person.page.goto(topAddress);
  await person.page.evaluate((src) => {
    const frame = document.createElement('iframe');
    Object.assign(frame, { src, width: 600, height: 500 });
    document.body.append(frame);
  }, address);
  await expect(person.page.frameLocator('iframe').locator('weft-editor').getByTestId('editor')).toBeVisible();
  return person.page.frames().at(-1)!;
}

test('W15 in a page that a page of another site shows, without storage, it works and says what is not kept', async ({
  visitHost,
  host,
  join,
}) => {
  const mina = await visitHost('Mina');
  const top = host.add({ html: '<!doctype html><title>Top</title>' }).replace('localhost', '127.0.0.1');
  // As browsers do that block the storage of third parties.
  await mina.page.addInitScript(() => {
    if (window === window.top) return;
    const refuse = (): never => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get: refuse });
    IDBFactory.prototype.open = refuse;
    LockManager.prototype.request = async () => refuse();
    Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });
  });
  const frame = await inForeignPage(mina, top);
  const joon = await join('Joon', { url: mina.documentUrl });
  const element = frame.locator('weft-editor');
  await element.getByTestId('editor').click();
  await mina.keyboard.type('third party');
  await expectConverged([joon], mina.documentUrl, { text: 'third party' });
  await mina.network.cut();
  await mina.keyboard.type('!');
  await expect(element.getByTestId('not-kept')).toBeVisible();
  await mina.network.heal();
  await frame.evaluate(() => window.dispatchEvent(new Event('online')));
  await expectConverged([joon], mina.documentUrl, { text: 'third party!' });
  await expect(element.getByTestId('not-kept')).toHaveCount(0);
});

test('in a page that a page of another site shows, as this browser does it, it works', async ({
  visitHost,
  host,
  join,
}) => {
  const mina = await visitHost('Mina');
  const top = host.add({ html: '<!doctype html><title>Top</title>' }).replace('localhost', '127.0.0.1');
  const frame = await inForeignPage(mina, top);
  const joon = await join('Joon', { url: mina.documentUrl });
  await frame.locator('weft-editor').getByTestId('editor').click();
  await mina.keyboard.type('partitioned or blocked');
  await expectConverged([joon], mina.documentUrl, { text: 'partitioned or blocked' });
});

test('a guest without a cookie is the same one after the page was loaded again', async ({ embed }) => {
  const mina = await embed('Mina');
  const who = (): Promise<string> => mina.inElement(({ people }) => people.find(({ isSelf }) => isSelf)!.userId);
  await mina.type('one');
  await mina.inElement((element) => element.flush());
  const before = await who();
  await mina.reload();
  await mina.whenReady();
  expect(await who()).toBe(before);
  const cookies = await mina.context.cookies(mina.page.url());
  expect(cookies).toEqual([]);
});

test.describe('tokens', () => {
  test.use({
    ownServer: true,
    settings: { WEFT_JWT_SECRET: JWT_SECRET, WEFT_TOKEN_WARNING_MS: '3000', WEFT_TOKEN_GRACE_MS: '1000' },
  });

  /** A page whose token function asks the test, which counts. */
  async function withTokens(
    visitHost: (name: string, options: object) => Promise<EmbeddedPerson>,
    answer: (turn: number) => Promise<string>,
  ): Promise<{ mina: EmbeddedPerson; asked: () => number }> {
    let turn = 0;
    const mina = await visitHost('Mina', {
      page: ({
        script,
        element,
      }: {
        script: string;
        element: string;
      }) => `<!doctype html><title>Tokens</title>${element}<script>
        document.querySelector('weft-editor').token = async () => {
          while (!window.askTest) await new Promise((resolve) => setTimeout(resolve, 20));
          return window.askTest();
        };</script>${script}`,
    });
    await mina.page.exposeFunction('askTest', () => answer(++turn));
    await mina.whenReady();
    return { mina, asked: () => turn };
  }

  const claims = (seconds: number): Record<string, unknown> => ({
    sub: 'mina',
    name: 'Mina of the host',
    aud: 'weft',
    exp: Math.floor(Date.now() / 1000) + seconds,
  });

  test('W7 the token function is asked again before a token ends, without an interruption', async ({ visitHost }) => {
    const { mina, asked } = await withTokens(visitHost, (turn) => signToken(claims(turn === 1 ? 8 : 3600)));
    expect(await mina.inElement(({ people }) => people[0]!.name)).toBe('Mina of the host');
    const states = mina.inElement((element) => {
      const seen: string[] = [];
      element.addEventListener('weft-state', ({ detail }) => seen.push(detail.state));
      return new Promise<string[]>((resolve) => setTimeout(() => resolve(seen), 11_000));
    });
    await expect.poll(asked).toBe(2);
    expect(await states).not.toEqual(expect.arrayContaining(['reconnecting']));
    await mina.type('still here');
    await mina.inElement((element) => element.flush());
    expect(await mina.inElement(({ value }) => value)).toBe('still here');
  });

  test('W7 after a refused token the function is asked again', async ({ visitHost }) => {
    const { mina, asked } = await withTokens(visitHost, (turn) => signToken(claims(turn === 1 ? -3600 : 3600)));
    mina.log.allow(/401/);
    expect(asked()).toBeGreaterThan(1);
    await mina.type('x');
    await mina.inElement((element) => element.flush());
    expect(await mina.inElement(({ value }) => value)).toBe('x');
  });

  test('W7 nothing of a token is in the DOM, in an address, in storage or in the log', async ({ visitHost, weft }) => {
    const given: string[] = [];
    const { mina } = await withTokens(visitHost, async () => {
      given.push(await signToken(claims(3600)));
      return given.at(-1)!;
    });
    const addresses: string[] = [];
    mina.page.on('request', (request) => addresses.push(request.url()));
    await mina.type('secret');
    await mina.network.cut();
    await mina.type('!');
    await mina.network.heal();
    await mina.page.evaluate(() => dispatchEvent(new Event('online')));
    await mina.inElement((element) => element.flush());
    const seen = await mina.page.evaluate(async () => {
      const element = document.querySelector('weft-editor')!;
      const databases = await indexedDB.databases();
      const kept = await Promise.all(
        databases.map(async ({ name }) => {
          const database = await new Promise<IDBDatabase>((resolve) => {
            const request = indexedDB.open(name!);
            request.onsuccess = () => resolve(request.result);
          });
          const rows = await Promise.all(
            [...database.objectStoreNames].map(
              (store) =>
                new Promise<unknown>((resolve) => {
                  const request = database.transaction(store).objectStore(store).getAll();
                  request.onsuccess = () => resolve(request.result);
                }),
            ),
          );
          database.close();
          return JSON.stringify(rows);
        }),
      );
      return [
        document.documentElement.outerHTML,
        element.outerHTML,
        element.shadowRoot!.innerHTML,
        JSON.stringify({ ...localStorage }),
        JSON.stringify({ ...sessionStorage }),
        document.cookie,
        ...kept,
        ...performance.getEntriesByType('resource').map(({ name }) => name),
      ].join('\n');
    });
    expect(given.length).toBeGreaterThan(0);
    for (const token of given)
      for (const place of [seen, addresses.join('\n'), mina.log.lines.join('\n'), weft.output])
        expect(place).not.toContain(token.split('.')[2]);
    expect((await readStored(mina, mina.documentUrl).catch(() => ({ text: 'secret!' }))).text).toBe('secret!');
  });
});
