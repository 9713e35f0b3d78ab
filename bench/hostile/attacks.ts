import type { Attack } from './attack.ts';
import { halfOpen } from './half-open.ts';
import { changePages, farJoins, oldBases, oldCarets, titles } from './history.ts';
import { creating, emptyTitle, passwords, strangeBodies } from './requests.ts';
import { pipelinedReads, slowReads, unreadJoins } from './unread.ts';

/** Every attack that is measured. */
export const ATTACKS: readonly Attack[] = [
  unreadJoins,
  pipelinedReads,
  slowReads,
  strangeBodies,
  oldCarets,
  oldBases,
  farJoins,
  changePages,
  passwords,
  creating,
  titles,
  emptyTitle,
  halfOpen,
];

/** Throws where there is no such attack. */
export function attackNamed(name: string): Attack {
  const attack = ATTACKS.find((each) => each.name === name);
  if (attack === undefined) throw new Error(`There is no attack named ${name}`);
  return attack;
}
