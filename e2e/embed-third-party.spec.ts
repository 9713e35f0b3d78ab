import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { REACHED, test, whyMissing, type Form, type Limit } from './fixtures/third-parties.ts';

const FORMS: readonly Form[] = ['element', 'frame'];
const KEEPING: readonly Limit[] = ['storage-apart', 'no-cookies'];

for (const form of FORMS) {
  for (const limit of KEEPING) {
    test(`W15 the ${form} as a third party under "${limit}": it works, and what is unsent outlives a reload`, async ({
      visitLimited,
      join,
    }) => {
      const { person: mina, reach } = await visitLimited('Mina', limit, form);
      expect(reach).toEqual(REACHED[limit]);
      const url = mina.documentUrl;
      const joon = await join('Joon');
      await mina.type('A guest');
      await expectConverged([mina, joon], url, { text: 'A guest' });
      await mina.network.cut();
      await mina.type(', offline');
      await expect.poll(async () => (await mina.unsaved()) === (await mina.kept()), 'it is on this device').toBe(true);
      expect(await mina.shown('not-kept')).toBe('');
      await mina.reload();
      await mina.network.heal();
      await mina.whenReady();
      await expectConverged([mina, joon], url, { text: 'A guest, offline' });
    });
  }

  test(`W15 the ${form} as a third party without storage works, and says what is not kept`, async ({
    visitLimited,
    join,
  }) => {
    const missing = whyMissing('no-storage');
    test.skip(missing !== undefined, missing ?? '');
    const { person: mina, reach } = await visitLimited('Mina', 'no-storage', form);
    expect(reach).toEqual(REACHED['no-storage']);
    const url = mina.documentUrl;
    const joon = await join('Joon');
    await mina.type('A guest');
    await expectConverged([mina, joon], url, { text: 'A guest' });
    await mina.network.cut();
    await mina.type(', offline');
    await expect.poll(() => mina.shown('not-kept')).toContain('Not kept on this device');
    await mina.network.heal();
    await mina.wake();
    await expectConverged([mina, joon], url, { text: 'A guest, offline' });
    await expect.poll(() => mina.shown('not-kept')).toBe('');
    await mina.reload();
    await mina.whenReady();
    await mina.press('Control+End');
    await mina.type(', again');
    await expectConverged([mina, joon], url, { text: 'A guest, offline, again' });
  });
}
