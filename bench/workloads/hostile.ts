import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Attack, Target } from '../hostile/attack.ts';
import { Attacker } from '../hostile/attacker.ts';
import { ATTACKS } from '../hostile/attacks.ts';
import { Bystanders } from '../hostile/bystanders.ts';
import { folderSize } from '../measure/folder-size.ts';
import { Meter } from '../measure/meter.ts';
import { residentBytes, socketBytes } from '../measure/process-usage.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const WARM_UP_SECONDS = 3;
/** Alone, and during an attack at least; an attack that takes longer is watched to its end. */
const SECONDS = 10;
/** Milliseconds between two looks at what the server holds. */
const LOOK_EVERY = 50;
/** Milliseconds after which the engine has given back what preparing took. */
const SETTLED = 3000;
const MEBIBYTE = 1024 * 1024;
/** Shells say it of a process that was killed. */
const KILLED = 137;

/** What others feel of one visitor who means harm, and what the server holds for them: one workload per attack. */
export const hostile: readonly Workload[] = ATTACKS.map((attack) => ({
  name: `hostile-${attack.name}`,
  work: attack.work,
  servers: ['weft'],
  headline: 'slowedDown',
  once: true,
  onRequest: true,
  needsPages: true,
  run: (cell) => runHostile(cell, attack),
}));

async function runHostile(cell: Cell, attack: Attack): Promise<Metrics> {
  // As shipped, behind a proxy on this machine, so that the attacker has an address of their own.
  const server = await cell.start({ isAsShipped: true, settings: { WEFT_TRUST_PROXY: 'true' } });
  if (!(server instanceof RunningWeft)) throw new Error('Only the product is measured');
  const { url } = server.process;
  const { hostname: host, port } = new URL(url);
  const target: Target = { url, host, port: Number(port), isQuick: cell.isQuick };
  const seconds = cell.isQuick ? 1 : SECONDS;

  const bystanders = await Bystanders.gather(cell, server, url);
  await bystanders.act(cell.isQuick ? 1 : WARM_UP_SECONDS);
  cell.report('the attack is prepared');
  const attacker = await cell.settle(Attacker.prepare(attack.name, target));
  await setTimeout(SETTLED);
  cell.report('alone');
  const alone = await bystanders.act(seconds);

  cell.report('the attack');
  const [socketsBefore, diskBefore] = [openSockets(server.pid), folderSize(server.dataFolder)];
  await longestTurn(url);
  const watch = watchMemory(server.pid);
  const meter = new Meter(server.pid);
  const attacking = attacker.attack();
  const during = await bystanders.act(seconds, attacking);
  const facts = await cell.settle(attacking);
  const usage = meter.read();
  const turn = await longestTurn(url);
  const { resident, kernel } = await watch.end();
  const socketsHeld = openSockets(server.pid) - socketsBefore;
  const diskWritten = folderSize(server.dataFolder) - diskBefore;
  await bystanders.verify();
  bystanders.leave();

  cell.report('the server is asked to stop');
  const begun = performance.now();
  const exitCode = (await server.process.stop()) ?? KILLED;
  const stopSeconds = (performance.now() - begun) / 1000;
  attacker.end();
  return {
    p99Alone: alone.p99,
    p99: during.p99,
    slowedDown: during.p99 / alone.p99,
    longestTurn: turn,
    longestWait: during.longest,
    heldMebibytes: resident / MEBIBYTE,
    kernelMebibytes: kernel / MEBIBYTE,
    socketsHeld,
    diskMegabytes: diskWritten / 1e6,
    ...facts,
    stopSeconds,
    exitCode,
    serverShare: usage.serverCpu / usage.seconds,
    foreignShare: usage.foreignShare,
  };
}

/** Looks again and again at what a process holds, until `end`, which tells by how much it grew at most, in bytes. */
function watchMemory(pid: number) {
  const [residentBefore, kernelBefore] = [residentBytes(pid) ?? NaN, socketBytes() ?? NaN];
  let [resident, kernel, isOver] = [0, 0, false];
  const watching = (async () => {
    for (; !isOver; await setTimeout(LOOK_EVERY)) {
      resident = Math.max(resident, (residentBytes(pid) ?? NaN) - residentBefore);
      kernel = Math.max(kernel, (socketBytes() ?? NaN) - kernelBefore);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await watching;
      return { resident, kernel };
    },
  };
}

/** How late the event loop was at most since this was asked last, in milliseconds. */
async function longestTurn(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1]) * 1000;
}

/** Sockets that a process has open; NaN where the system does not tell. */
function openSockets(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).filter((name) => linkTarget(`${folder}/${name}`).startsWith('socket:')).length;
  } catch {
    return NaN;
  }
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
