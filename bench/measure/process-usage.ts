import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Linux tells CPU time in these, whatever the kernel's own tick is. Per second. */
const TICKS = 100;
/** Bytes of a page of memory. */
const PAGE = 4096;

/** CPU seconds that a process has used, its threads included; undefined where the system does not tell (no /proc). */
export function cpuSeconds(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name, in brackets, may hold spaces; utime and stime are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory of a process in bytes, now or at its highest; undefined where the system does not tell. */
export function residentBytes(pid: number, when: 'now' | 'peak' = 'now'): number | undefined {
  const status = read(`/proc/${pid}/status`);
  const match = new RegExp(`^${when === 'now' ? 'VmRSS' : 'VmHWM'}:\\s+(\\d+) kB`, 'm').exec(status ?? '');
  return match === null ? undefined : Number(match[1]) * 1024;
}

/** CPU seconds that all cores together have been busy. */
export function machineBusySeconds(): number | undefined {
  const line = read('/proc/stat')?.split('\n')[0];
  if (line === undefined) return undefined;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS;
}

/** Memory in bytes that all TCP sockets of the machine hold in the kernel; undefined where the system does not tell. */
export function socketBytes(): number | undefined {
  const match = /^TCP: .* mem (\d+)$/m.exec(read('/proc/net/sockstat') ?? '');
  return match === null ? undefined : Number(match[1]) * PAGE;
}

/** What stands in front of a command line to run it on one core; empty where the system cannot or has but one. */
export function pinnedTo(core: number, cores: number): readonly string[] {
  if (cores < 2) return [];
  try {
    execFileSync('taskset', ['-c', String(core), 'true'], { stdio: 'ignore' });
    return ['taskset', '-c', String(core)];
  } catch {
    return [];
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}
