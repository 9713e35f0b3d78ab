import type { IncomingHttpHeaders } from 'node:http';
import { isIPv6 } from 'node:net';

/** An IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has all. */
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

/** Whether an address is loopback: a local proxy that is not configured, or a tool. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./i.test(address);
}

/**
 * The network that a request counts for; undefined if it came by a local proxy that is not configured, which would make one network
 * of everybody.
 */
export function countedNetwork(
  { ip, headers }: { readonly ip: string; readonly headers: IncomingHttpHeaders },
  trustsProxy: boolean,
): string | undefined {
  if (!trustsProxy && isLoopback(ip) && headers['x-forwarded-for'] !== undefined) return undefined;
  return networkOf(ip);
}
