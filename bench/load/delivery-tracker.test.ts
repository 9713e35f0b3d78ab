import { expect, test } from 'vitest';
import { DeliveryTracker } from './delivery-tracker.ts';

interface Heard {
  readonly author: number;
  readonly sentAt: number | undefined;
  readonly arrivals: number | undefined;
}

function track(clients: number, { eachArrival = false, isOrdered = true } = {}) {
  const heard: Heard[] = [];
  const failures: string[] = [];
  const tracker = new DeliveryTracker({
    clients,
    from: 1,
    isOrdered,
    eachArrival,
    onEverywhere: (author, sentAt, arrivals) => heard.push({ author, sentAt, arrivals: arrivals?.length }),
    onFailed: (reason) => failures.push(reason),
  });
  const arrivals = Array.from({ length: clients }, (_, client) => tracker.arrivalsOf(client));
  return { tracker, arrivals, heard, failures };
}

test('a change is everywhere once its author has the acknowledgement and everybody else the change', () => {
  const { tracker, arrivals, heard } = track(3);
  tracker.sent(0, 10);
  arrivals[1]!.upTo(2);
  arrivals[0]!.acknowledged(2);
  expect(heard).toEqual([]);
  arrivals[2]!.upTo(2);
  expect(heard).toEqual([{ author: 0, sentAt: 10, arrivals: undefined }]);
  expect(tracker.unacknowledged).toBe(0);
});

test('what comes twice counts once, and a frame with several places counts for each', () => {
  const { tracker, arrivals, heard } = track(2, { eachArrival: true });
  tracker.sent(0, 10);
  tracker.sent(1, 20);
  arrivals[0]!.acknowledged(2);
  arrivals[0]!.upTo(2);
  arrivals[1]!.acknowledged(3);
  expect(heard).toEqual([{ author: 0, sentAt: 10, arrivals: 2 }]);
  arrivals[0]!.upTo(3);
  expect(heard[1]).toEqual({ author: 1, sentAt: 20, arrivals: 2 });
});

test('without one order, having a change does not mean having those before it', () => {
  const { tracker, arrivals, heard, failures } = track(2, { isOrdered: false });
  tracker.sent(0, 10);
  tracker.sent(1, 20);
  arrivals[1]!.acknowledged(7);
  arrivals[0]!.one(7);
  expect(heard).toEqual([{ author: 1, sentAt: 20, arrivals: undefined }]);
  arrivals[0]!.acknowledged(3);
  arrivals[1]!.one(3);
  expect(heard[1]).toEqual({ author: 0, sentAt: 10, arrivals: undefined });
  expect(failures).toEqual([]);
});

test('what cannot be seen to arrive counts at once and has no time; the one sent before it is still awaited', () => {
  const { tracker, arrivals, heard } = track(2, { isOrdered: false });
  tracker.sent(0, 10);
  tracker.sent(0, 20);
  arrivals[0]!.untraceable();
  expect(heard).toEqual([{ author: 0, sentAt: undefined, arrivals: undefined }]);
  expect(tracker.everywhere).toBe(1);
  arrivals[0]!.acknowledged(1);
  arrivals[1]!.one(1);
  expect(heard[1]).toEqual({ author: 0, sentAt: 10, arrivals: undefined });
});

test('an answer that nobody asked for, and a change that nobody sent, void the measurement', () => {
  const { arrivals, failures } = track(2);
  arrivals[0]!.acknowledged(2);
  expect(failures).toHaveLength(1);
  for (const client of arrivals) client.upTo(2);
  expect(failures).toHaveLength(2);
});
