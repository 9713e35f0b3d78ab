import { beforeAll, expect, test } from 'vitest';
import { build } from '../scripts/build.mjs';
import { measureCell } from './measure-cell.ts';
import { METRICS } from './report/metrics.ts';
import { weft } from './servers/weft.ts';

/** Milliseconds; for a machine that has much else to do. */
const TIMEOUT = 60_000;

beforeAll(() => {
  if (process.env['WEFT_TEST_BUILT'] !== '1') build({ parts: ['server'], report: () => undefined });
});

test.each(['durable relay', 'weft'])(
  'the smoke test of hot-2 on %s has every change arrive everywhere',
  async (server) => {
    const task = { workload: 'hot-2', server, isQuick: true, prefix: [] };
    // Rejects where the server does not hold exactly what was sent.
    const metrics = await measureCell(task, { loadPrefix: [], timeout: TIMEOUT, onProgress: () => undefined });
    expect(metrics['changesPerSecond']).toBeGreaterThan(0);
    expect(metrics['p99']).toBeGreaterThanOrEqual(metrics['p50']!);
    expect(Object.keys(METRICS)).toEqual(expect.arrayContaining(Object.keys(metrics)));
  },
);

test('a measurement of which the server does not hold what was sent is void', async () => {
  const server = await weft.start({ prefix: [] });
  try {
    const documentId = await server.createDocument('What was sent');
    await server.verify!(documentId, { changes: 0, insertedUnits: 0 });
    await expect(server.verify!(documentId, { changes: 1, insertedUnits: 0 })).rejects.toThrow('the history has 0');
    await expect(server.verify!(documentId, { changes: 0, insertedUnits: 4 })).rejects.toThrow('0 kept');
  } finally {
    await server.dispose();
  }
});

test('a measurement that cannot begin says why', async () => {
  const task = { workload: 'hot-2', server: 'nobody', isQuick: true, prefix: [] };
  const measured = measureCell(task, { loadPrefix: [], timeout: TIMEOUT, onProgress: () => undefined });
  await expect(measured).rejects.toThrow('There is no server named nobody');
});
