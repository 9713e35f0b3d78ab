import { expect } from '@playwright/test';
import { expectConverged } from './fixtures/converged.ts';
import { test, type Form } from './fixtures/embed-core.ts';

const FORMS: readonly Form[] = ['element', 'frame'];

for (const form of FORMS) {
  test(`two people type together in the ${form}, see each other, and undo their own alone`, async ({ embed }) => {
    const [mina, joon] = [await embed('Mina', form), await embed('Joon', form)];
    const url = mina.documentUrl;
    await mina.paste('We meet at noon.');
    await expectConverged([mina, joon], url, { text: 'We meet at noon.' });
    await mina.press('Control+Home');
    await joon.press('Control+End');
    await Promise.all([mina.type('Hello! '), joon.type(' Bring tea 🍵.')]);
    await expectConverged([mina, joon], url, { text: 'Hello! We meet at noon. Bring tea 🍵.' });
    await expect.poll(() => mina.caretNames()).toEqual(['Joon']);
    await expect.poll(() => joon.caretNames()).toEqual(['Mina']);

    // One edit, also where typing takes long.
    await joon.paste(' Or cake.');
    await expectConverged([mina, joon], url, { text: 'Hello! We meet at noon. Bring tea 🍵. Or cake.' });
    await mina.paste('Mina: ');
    await expectConverged([mina, joon], url, { text: 'Hello! Mina: We meet at noon. Bring tea 🍵. Or cake.' });
    await joon.press('Control+z');
    await expectConverged([mina, joon], url, { text: 'Hello! Mina: We meet at noon. Bring tea 🍵.' });
    await joon.press('Control+Shift+z');
    await expectConverged([mina, joon], url, { text: 'Hello! Mina: We meet at noon. Bring tea 🍵. Or cake.' });
  });

  test(`W15 in the ${form} writing goes on without a network; what is unsent outlives a reload, and is sent`, async ({
    embed,
  }) => {
    const [mina, joon] = [await embed('Mina', form), await embed('Joon', form)];
    const url = mina.documentUrl;
    await mina.type('Known. ');
    await expectConverged([mina, joon], url, { text: 'Known. ' });
    await mina.network.cut();
    await mina.type('Offline. ');
    await expect.poll(() => mina.unsaved()).toBeGreaterThan(0);
    await joon.press('Control+End');
    await joon.type('Joon.');
    await mina.network.heal();
    await mina.wake();
    await expectConverged([mina, joon], url);
    expect(await joon.text()).toContain('Offline. ');

    await mina.network.cut();
    await mina.press('Control+Home');
    await mina.type('Unsent. ');
    await expect.poll(async () => (await mina.unsaved()) <= (await mina.kept()), 'it is on this device').toBe(true);
    expect(await mina.shown('not-kept')).toBe('');
    await mina.reload();
    await mina.network.heal();
    await mina.whenReady();
    await expectConverged([mina, joon], url);
    expect(await joon.text()).toMatch(/^Unsent\. Known\. /);
  });
}
