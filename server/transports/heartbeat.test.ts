import { expect, it } from 'vitest';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { Heartbeat } from './heartbeat.ts';

it('a peer that fails is not in the way of the others, nor of the next look, and is told (FR4)', async () => {
  const clock = new ManualClock();
  const warnings: string[] = [];
  const logger = {
    info: () => undefined,
    warn: (_: object, text: string) => warnings.push(text),
    error: () => undefined,
  };
  const jobs = new BackgroundJobs({ clock, logger });
  const heartbeat = new Heartbeat({ heartbeatInterval: 1000, heartbeatTimeout: 3000 }, clock, jobs);
  const fail = (): never => {
    throw new Error('a peer that nobody expected');
  };
  const heard: string[] = [];
  heartbeat.watch({ ping: fail, lost: fail });
  heartbeat.watch({ ping: () => heard.push('ping'), lost: () => heard.push('lost') });
  const pass = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 500) {
      clock.advance(500);
      await Promise.resolve();
    }
  };
  await pass(1000);
  expect(heard).toEqual(['ping']);
  await pass(3000);
  expect(heard.at(-1)).toBe('lost');
  const { runs, failures } = jobs.records.get('heartbeat')!;
  expect([runs, failures]).toEqual([8, 5]);
  // Though it succeeded in between.
  expect(warnings).toEqual(['A background job failed']);
  heartbeat.close();
  expect(clock.pending).toBe(0);
});
