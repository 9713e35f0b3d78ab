import { isIPv6 } from 'node:net';
import type { Clock } from '../../shared/clock.ts';
import { RateByKey } from '../rooms/rate-by-key.ts';

/** Seconds that the limit speaks of. */
const WINDOW = 10;

/** Counts new connections by the network they come from, which is all that an address is good for. */
export class AddressRate {
  readonly #networks: RateByKey;

  /** At most so many in ten seconds. */
  constructor(maximum: number, clock: Clock) {
    this.#networks = new RateByKey(maximum, maximum / WINDOW, clock);
  }

  /** Counts one; returns 0 where it may come in, else the milliseconds until one may. */
  take(address: string): number {
    return this.#networks.take(networkOf(address));
  }
}

/** An IPv4 address, or the first 64 bits of an IPv6 one: whoever has one of those has all the others too. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const front = groups(head);
  const missing = address.includes('::') ? 8 - front.length - groups(tail).length : 0;
  const all = [...front, ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Whether an address is this machine's own: a proxy that nobody told the server of, or a tool. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./i.test(address);
}
