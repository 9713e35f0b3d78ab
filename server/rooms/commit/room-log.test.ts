import { expect, vi } from 'vitest';
import { roomTest as it } from '../../testing/room-kit.ts';
import { CLIENTS_KNOWN } from '../services/room-limits.ts';
import { RoomLog } from './room-log.ts';

it('forgets the clients that were used longest ago, and reads them again when they come back', async ({ kit }) => {
  const id = await kit.document('doc', 'text');
  const log = (await RoomLog.open(id, kit.store))!;
  const read = vi.spyOn(kit.store, 'client');
  const creator = await log.knowClient(`creator-of-${id}-creator-of`);
  expect(creator).toMatchObject({ seq: 1, version: 1 });
  read.mockResolvedValue(undefined);
  log.bindClient('used', 'ann');
  for (let index = 0; index < CLIENTS_KNOWN + 10; index += 1) {
    await log.knowClient(`passer-by ${index}`);
    if (index % 1000 === 0) await log.knowClient('used');
  }
  expect(log.client('used')).toMatchObject({ userId: 'ann' });
  expect(log.client(`creator-of-${id}-creator-of`)).toBeUndefined();
  read.mockRestore();
  expect(await log.knowClient(`creator-of-${id}-creator-of`)).toEqual(creator);
});
