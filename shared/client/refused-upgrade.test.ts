import { expect, it, vi } from 'vitest';
import { explainRefusals } from './refused-upgrade.ts';
import type { ConnectionHandlers, Transport } from './transport.ts';

/** Connects through `explainRefusals` and tells with which code the connection ends. */
async function endOf(play: (handlers: ConnectionHandlers) => void, ask: () => Promise<number>): Promise<number> {
  const transport: Transport = {
    connect: (handlers) => {
      play(handlers);
      return { send: () => undefined, close: () => undefined };
    },
  };
  return new Promise((resolve) => {
    explainRefusals(transport, ask).connect({
      onOpen: () => undefined,
      onFrame: () => undefined,
      onClose: resolve,
    });
  });
}

const refuse = (handlers: ConnectionHandlers): void => handlers.onClose(1006, '');

it('ends a refused connection with what HTTP says of it', async () => {
  expect(await endOf(refuse, () => Promise.resolve(404))).toBe(4404);
  expect(await endOf(refuse, () => Promise.resolve(503))).toBe(1013);
});

it('leaves the code where the document is there, or nobody answers', async () => {
  expect(await endOf(refuse, () => Promise.resolve(200))).toBe(1006);
  expect(await endOf(refuse, () => Promise.reject(new TypeError('no network')))).toBe(1006);
});

it('asks nothing where the connection had opened', async () => {
  const ask = vi.fn(() => Promise.resolve(404));
  const cut = (handlers: ConnectionHandlers): void => {
    handlers.onOpen();
    handlers.onClose(1006, '');
  };
  expect(await endOf(cut, ask)).toBe(1006);
  expect(ask).not.toHaveBeenCalled();
});
