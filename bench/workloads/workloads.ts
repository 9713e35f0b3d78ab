import { browser } from './browser.ts';
import { disk } from './disk.ts';
import { growth } from './growth.ts';
import { hot } from './hot.ts';
import { idle } from './idle.ts';
import { open } from './open.ts';
import { replay } from './replay.ts';
import { revoke } from './revoke.ts';
import { slow } from './slow.ts';
import { stale } from './stale.ts';
import { storm } from './storm.ts';
import { calm, carets, fan, many } from './steady.ts';
import { unjoined } from './unjoined.ts';
import type { Workload } from './workload.ts';

/** All work that is measured, in the order of a run. */
export const WORKLOADS: readonly Workload[] = [
  hot(64),
  hot(16),
  hot(2),
  calm,
  many,
  fan,
  carets,
  idle,
  replay,
  open,
  storm,
  stale,
  revoke,
  slow,
  unjoined,
  disk,
  browser,
  ...growth,
];

/** Throws where there is no such workload. */
export function workloadNamed(name: string): Workload {
  const workload = WORKLOADS.find((each) => each.name === name);
  if (workload === undefined) throw new Error(`There is no workload named ${name}`);
  return workload;
}
