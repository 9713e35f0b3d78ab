import { browser } from './browser.ts';
import { disk } from './disk.ts';
import { embedFirst } from './embed-first.ts';
import { embedTwenty } from './embed-20.ts';
import { growth } from './growth.ts';
import { hot } from './hot.ts';
import { hostile } from './hostile.ts';
import { hostileMarkdown } from './hostile-markdown.ts';
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
  embedFirst,
  embedTwenty,
  ...growth,
  ...hostile,
  hostileMarkdown,
];

/** The workload of this name, or all whose names begin with it and a hyphen. Throws where there is none. */
export function workloadsNamed(name: string): readonly Workload[] {
  const named = WORKLOADS.filter((each) => each.name === name);
  const group = named.length > 0 ? named : WORKLOADS.filter((each) => each.name.startsWith(`${name}-`));
  if (group.length === 0) throw new Error(`There is no workload named ${name}`);
  return group;
}

/** Throws where there is no such workload. */
export function workloadNamed(name: string): Workload {
  const workload = WORKLOADS.find((each) => each.name === name);
  if (workload === undefined) throw new Error(`There is no workload named ${name}`);
  return workload;
}
