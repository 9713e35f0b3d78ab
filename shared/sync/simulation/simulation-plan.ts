import { SeededRandom } from '../../testing/random.ts';
import type { EditBudget } from '../../text/split-edit.ts';

/**
 * One thing that happens. Clients are numbers; a step that is impossible in its moment (sending while offline…) does nothing,
 * so that any part of a plan is a plan.
 */
export type Step =
  /** Somebody types: at `at` ten-thousandths of the text, `remove` characters give way to `insert` new ones. */
  | {
      readonly do: 'edit';
      readonly client: number;
      readonly at: number;
      readonly remove: number;
      readonly insert: number;
    }
  /** Sends a new submission, or the one in flight if this link has not carried it yet. */
  | { readonly do: 'send'; readonly client: number }
  /** `count` messages arrive at the server. */
  | { readonly do: 'up'; readonly client: number; readonly count: number }
  /** `count` messages arrive at the client. */
  | { readonly do: 'down'; readonly client: number; readonly count: number }
  /** The link breaks on the client's side. What it had sent may still arrive, by `late`. */
  | { readonly do: 'cut'; readonly client: number }
  /** `count` messages of broken links arrive at the server, unless it has closed their sessions. */
  | { readonly do: 'late'; readonly client: number; readonly count: number }
  | { readonly do: 'connect'; readonly client: number }
  /** One message to the client is lost, the ones behind it are not. */
  | { readonly do: 'lose'; readonly client: number; readonly index: number }
  /** The tab crashes and is restored from what it had stored. */
  | { readonly do: 'reload'; readonly client: number }
  /** The server commits `count` of the waiting submissions. */
  | { readonly do: 'serve'; readonly count: number }
  /** The server cannot commit the first waiting submission and answers so. */
  | { readonly do: 'stumble' }
  /** `appended` submissions reach the log, nobody is told, and the server restarts. */
  | { readonly do: 'crash'; readonly appended: number }
  | { readonly do: 'backup' }
  /** The server restarts from the last backup. */
  | { readonly do: 'restore' };

export interface Plan {
  readonly clients: number;
  readonly budget: EditBudget;
  /** A client that misses more changes than this gets a snapshot. */
  readonly tailLimit: number;
  readonly steps: readonly Step[];
}

type Kind = Step['do'] | keyof typeof EPISODES;
type Weights = readonly (readonly [Kind, number])[];

/** Sequences that hardly ever happen by chance: an answer is lost, or an old copy meets its resend. */
const EPISODES = {
  /** All goes well. */
  roundTrip: ['edit', 'send', 'up', 'serve', 'down'],
  /** The acknowledgement is lost. */
  lostAnswer: ['edit', 'send', 'up', 'serve', 'cut', 'connect', 'up', 'down', 'send', 'up'],
  /** The submission waits on the server while its client takes over the session and sends it again. */
  takeover: ['edit', 'send', 'up', 'cut', 'connect', 'up', 'down', 'send', 'up'],
  /** The same, and it was written by somebody who is behind. */
  lateTakeover: ['others', 'edit', 'send', 'up', 'cut', 'connect', 'up', 'down', 'send', 'up'],
  /** The submission is still on the broken link when its client is back. */
  lateArrival: ['edit', 'send', 'cut', 'connect', 'late', 'up', 'down', 'send', 'up'],
  /** It reached the log, and the server crashed before it answered. */
  silentCommit: ['edit', 'send', 'up', 'crash', 'connect', 'up', 'down', 'send', 'up'],
} as const satisfies Record<string, readonly (Step['do'] | 'others')[]>;

/** How often each step happens; the temper of a run adds faults. */
const WORK: Weights = [
  ['edit', 24],
  ['send', 18],
  ['up', 18],
  ['down', 14],
  ['serve', 18],
  ['connect', 8],
  ['roundTrip', 8],
];
const FAULTS: Weights = [
  ['cut', 8],
  ['late', 4],
  ['lose', 1],
  ['reload', 1],
  ['stumble', 2],
  ['lostAnswer', 2],
  ['takeover', 3],
  ['lateTakeover', 3],
  ['lateArrival', 1],
];
const RESTARTS: Weights = [
  ['crash', 1],
  ['silentCommit', 1],
];
const RESTORES: Weights = [
  ['backup', 2],
  ['restore', 1],
];

/** The plan of a seed. */
export function planFromSeed(seed: number): Plan {
  const random = new SeededRandom(seed);
  const clients = random.chance(70) ? 2 + random.below(3) : 2 + random.below(15);
  const weights = [
    ...WORK,
    ...(random.chance(85) ? FAULTS : []),
    ...(random.chance(40) ? RESTARTS : []),
    ...(random.chance(30) ? RESTORES : []),
  ];
  const plan = {
    clients,
    budget: random.chance(50)
      ? { units: 1000, sites: 1000 }
      : { units: 2 + random.below(6), sites: 1 + random.below(3) },
    tailLimit: random.chance(50) ? 1_000_000 : random.below(random.pick([2, 12])),
  };
  const steps: Step[] = [];
  for (let client = 0; client < clients; client += 1) {
    if (random.chance(80))
      steps.push({ do: 'connect', client }, { do: 'up', client, count: 1 }, { do: 'down', client, count: 1 });
  }
  const count = 40 + random.below(100 * Math.min(clients, 6));
  for (let index = 0; index < count; index += 1) {
    const kind = pickWeighted(random, weights);
    if (isEpisode(kind)) steps.push(...someEpisode(random, EPISODES[kind], clients));
    else steps.push(someStep(random, kind, random.below(clients)));
  }
  return { ...plan, steps };
}

function isEpisode(kind: Kind): kind is keyof typeof EPISODES {
  return kind in EPISODES;
}

/** The steps of an episode for one client, with others at work in between. */
function someEpisode(random: SeededRandom, kinds: readonly (Step['do'] | 'others')[], clients: number): Step[] {
  const client = random.below(clients);
  const others = (): Step[] => {
    const other = random.below(clients);
    const around = (['edit', 'send', 'up', 'serve'] as const).map((kind) => complete(someStep(random, kind, other)));
    return other === client ? [] : around;
  };
  return kinds.flatMap((kind) => {
    if (kind === 'others') return [...others(), ...others(), ...others()];
    const step = complete(someStep(random, kind, client));
    if (!random.chance(20)) return [step];
    return [someStep(random, random.pick(['edit', 'send', 'up', 'down', 'serve']), random.below(clients)), step];
  });
}

/** The step with all messages that there are. */
function complete(step: Step): Step {
  return 'count' in step ? { ...step, count: 1000 } : step;
}

function pickWeighted(random: SeededRandom, weights: Weights): Kind {
  let rest = random.below(weights.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [kind, weight] of weights) {
    if (rest < weight) return kind;
    rest -= weight;
  }
  throw new Error('The weights are empty');
}

function someStep(random: SeededRandom, kind: Step['do'], client: number): Step {
  switch (kind) {
    case 'edit': {
      // People write near each other, so that there are ties.
      const at = random.chance(40) ? random.pick([0, 5000, 9999]) : random.below(10_000);
      const remove = random.chance(35) ? 1 + random.below(random.pick([2, 8])) : 0;
      return { do: kind, client, at, remove, insert: remove > 0 && random.chance(60) ? 0 : 1 + random.below(4) };
    }
    case 'up':
    case 'down':
    case 'late':
      return { do: kind, client, count: 1 + random.below(4) };
    case 'lose':
      return { do: kind, client, index: random.below(3) };
    case 'send':
    case 'cut':
    case 'connect':
    case 'reload':
      return { do: kind, client };
    case 'serve':
      return { do: kind, count: 1 + random.below(4) };
    case 'crash':
      return { do: kind, appended: random.below(3) };
    case 'stumble':
    case 'backup':
    case 'restore':
      return { do: kind };
  }
}
