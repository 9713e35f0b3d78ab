import { parseArgs } from 'node:util';
import { ALL_PEERS } from './install-peers.ts';
import { WORKLOADS } from './workloads/workloads.ts';

/** What a run is asked to do. */
export interface BenchOptions {
  /** Names of workloads; all but those on request unless given. */
  readonly only: readonly string[] | undefined;
  /** Names of servers; all unless given. */
  readonly servers: readonly string[] | undefined;
  readonly rounds: number;
  /** Install and measure the peers too. */
  readonly withPeers: boolean;
  readonly isQuick: boolean;
  /** Profile the product, and draw where its time goes. */
  readonly isProfiled: boolean;
  /** Put the table of goals into docs/performance.md too. */
  readonly writesDocs: boolean;
}

/** The algebra's own benchmark, by this name beside those of the workloads. */
export const ALGEBRA = 'algebra';
const ROUNDS = 3;
const ON_REQUEST = WORKLOADS.filter(({ onRequest }) => onRequest).map(({ name }) => name);

export const USAGE = `npm run bench -- [--only NAME[,NAME]] [--servers NAME[,NAME]] [--rounds N] [--peers] [--quick] [--profile] [--docs]

Measures the built server beside two bare relays, on this machine, over loopback. Writes bench/results/.
  --only names     some of: ${[...WORKLOADS.map(({ name }) => name), ALGEBRA].join(', ')};
                   or how several begin, as hot or hostile
                   (without it, all but ${ON_REQUEST.join(', ')})
  --servers names  some of: plain relay, durable relay, weft, ${ALL_PEERS.join(', ')}
  --rounds n       ${ROUNDS} unless given; medians are shown
  --peers          installs ${ALL_PEERS.join(', ')} into bench/peers, and measures them too
  --quick          everything short and small, to see that it works; the figures mean nothing
  --profile        the product alone, once, under --cpu-prof: leaves a flame graph of each workload in bench/results
  --docs           put the table of goals into docs/performance.md`;

/** Reads the command line; undefined where help is wanted. Throws where it cannot be understood. */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      servers: { type: 'string' },
      rounds: { type: 'string' },
      peers: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const rounds = Number(values.rounds ?? (values.quick || values.profile ? 1 : ROUNDS));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1 on');
  return {
    only: values.only?.split(','),
    servers: values.profile ? ['weft'] : values.servers?.split(','),
    rounds,
    withPeers: values.peers,
    isQuick: values.quick,
    isProfiled: values.profile,
    writesDocs: values.docs,
  };
}
