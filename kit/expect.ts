import { expect as base } from '@playwright/test';
import { disagreement, unseen, type Participant } from './convergence.ts';

/** Milliseconds between two looks, the last again and again. */
const INTERVALS = [50, 100, 250];
/** Milliseconds, unless a test says otherwise. Only what fails waits as long. */
const PATIENCE = 20_000;

interface Wait {
  /** Milliseconds; 20,000 by default. */
  readonly timeout?: number;
}

interface Agreed {
  readonly text?: string;
  readonly documentUrl?: string;
}

interface Verdict {
  readonly name: string;
  readonly pass: boolean;
  message(): string;
}

/** Somebody, several, or a whole crowd. */
export type People = Participant | Iterable<Participant | Iterable<Participant>>;

/**
 * Playwright's `expect`, and two things to expect of people. Both wait.
 *
 *     await expect([mina, joon]).toConverge({ text: 'Hello' });
 *     await expect([mina, joon, crowd]).toSeeEachOther();
 */
export const expect = base.extend({
  /**
   * Everybody has, and sees, the same text as the server at the same version, and nothing is unsaved. With `text`, it is that text; with
   * `documentUrl`, that of this document.
   */
  async toConverge(people: People, { timeout, ...agreed }: Wait & Agreed = {}): Promise<Verdict> {
    const all = flatten(people);
    return judge('toConverge', () => disagreement(all, agreed), this.isNot, timeout);
  },

  /** Everybody sees that all the others are here: by a caret, a mark of one that is off the screen, or an avatar. */
  async toSeeEachOther(people: People, { timeout }: Wait = {}): Promise<Verdict> {
    const all = flatten(people);
    return judge('toSeeEachOther', () => unseen(all), this.isNot, timeout);
  },
});

/** Waits until there is no objection, or with `isNot` until there is one. */
async function judge(
  name: string,
  objection: () => Promise<string | undefined>,
  isNot: boolean,
  timeout = PATIENCE,
): Promise<Verdict> {
  // What holds if nobody answers in time.
  let last: string | undefined = isNot ? undefined : 'Nobody could be asked in time';
  const look = async (): Promise<boolean> => {
    try {
      last = await objection();
    } catch (error) {
      // A page that is just loading cannot be asked.
      last = error instanceof Error ? error.message : String(error);
    }
    return last === undefined;
  };
  // Playwright's own waiting, so that the time of the test ends it, too.
  await base
    .poll(look, { timeout, intervals: INTERVALS })
    .toBe(!isNot)
    .catch(() => undefined);
  return { name, pass: last === undefined, message: () => last ?? 'They agree, and should not' };
}

function flatten(people: People): Participant[] {
  if (!(Symbol.iterator in people)) return [people];
  return [...people].flatMap((one) => (Symbol.iterator in one ? [...one] : [one]));
}
