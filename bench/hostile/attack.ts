/** What an attack is aimed at. */
export interface Target {
  /** Of the server, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly isQuick: boolean;
}

/** What an attack knows in the end, by metric names; it may also count while it goes on. */
export type Facts = Record<string, number>;

/** One visitor, or one machine, that means harm. Runs in a process of its own (attacker-process.ts), from one address. */
export interface Attack {
  readonly name: string;
  /** What is done, in one sentence. */
  readonly work: string;
  /** Makes what it needs before anything is measured, and hands back the attack itself, which stops by itself. */
  prepare(target: Target): Promise<() => Promise<Facts>>;
}

/** The address that attacks come from, in the header of a proxy that is trusted; everybody else has another. */
export const ATTACKER = { 'x-forwarded-for': '203.0.113.9' };
