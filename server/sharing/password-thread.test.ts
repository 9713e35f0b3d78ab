import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { PasswordThread } from './password-thread.ts';

/** How many threads of this process wait behind those of the usual nice value, by Linux. */
function threadsBehind(): number {
  const usual = getPriority();
  const threads = readdirSync('/proc/self/task').map(Number);
  return threads.filter((thread) => getPriority(thread) > usual).length;
}

it('N4 hashes and checks passwords in a thread of its own, and says what is no hash', async () => {
  const thread = new PasswordThread();
  const hash = await thread.hash('pässword');
  expect(await thread.check('pa\u0308ssword', hash)).toBe(true);
  expect(await thread.check('password', hash)).toBe(false);
  await expect(thread.check('password', 'no hash')).rejects.toThrow('no hash');
  expect(await thread.check('pässword', hash)).toBe(true);
});

it.runIf(process.platform === 'linux')('N4 FH15 lets every other thread go before it', async () => {
  const before = threadsBehind();
  await new PasswordThread().hash('x');
  expect(threadsBehind()).toBe(before + 1);
});
