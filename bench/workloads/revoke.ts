import { inGroups } from '../load/in-groups.ts';
import { Member } from '../load/member.ts';
import { Owner } from '../load/owner.ts';
import { keepPace } from '../load/pace.ts';
import { startText } from '../load/typist.ts';
import { Meter } from '../measure/meter.ts';
import { quantile } from '../measure/statistics.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

/** Of each half. */
const PEOPLE = 32;
const QUICK_PEOPLE = 2;
/** Keystrokes of each. */
const PER_SECOND = 2;
/** Documents, one after the other. */
const TIMES = 10;
const WARM_UP_SECONDS = 1;
/** For how long people go on typing; longer than what is done to them takes. */
const SECONDS = 4;
const AT_ONCE = 16;

export const revoke: Workload = {
  name: 'revoke',
  work: '64 people type twice a second; 32 of them become viewers one by one, the share link of the other 32 is revoked',
  servers: ['weft'],
  headline: 'cutMax',
  once: true,
  onRequest: true,
  run: runRevoke,
};

/** Milliseconds from sending a request until each client that it is about has heard of it. */
interface Cuts {
  readonly roles: number[];
  readonly ends: number[];
}

async function runRevoke(cell: Cell): Promise<Metrics> {
  const server = await cell.start();
  if (!(server instanceof RunningWeft)) throw new Error('Only the product is measured');
  const owner = await Owner.enter(server.process.url);
  const cuts: Cuts = { roles: [], ends: [] };
  const meter = new Meter(server.pid);
  for (let time = 1; time <= (cell.isQuick ? 1 : TIMES); time += 1) {
    cell.report(`document ${time}`);
    await cutInOneDocument(cell, server, owner, cuts, time);
  }
  const { serverCpu, seconds, loadShare, foreignShare } = meter.read();
  const all = [...cuts.roles, ...cuts.ends];
  return {
    cutP50: quantile(all, 0.5),
    cutP99: quantile(all, 0.99),
    cutMax: Math.max(...all),
    roleMax: Math.max(...cuts.roles),
    endMax: Math.max(...cuts.ends),
    serverShare: serverCpu / seconds,
    loadShare,
    foreignShare,
  };
}

async function cutInOneDocument(
  cell: Cell,
  server: RunningWeft,
  owner: Owner,
  cuts: Cuts,
  seed: number,
): Promise<void> {
  const people = cell.isQuick ? QUICK_PEOPLE : PEOPLE;
  const { id } = await owner.ask<{ id: string }>('POST', '', { content: startText(), linkAccess: 'edit' });
  const link = await owner.ask<{ id: string; secret: string }>('POST', `/${id}/links`, { role: 'editor' });
  const url = server.process.socketUrl(id);
  const named = await inGroups(people, AT_ONCE, (index) => Member.join(url, `Named ${index}`));
  for (const { userId } of named) await owner.ask('PUT', `/${id}/members/${userId}`, { role: 'editor' });
  const linked = await inGroups(people, AT_ONCE, (index) => Member.join(url, `Linked ${index}`, link.secret));
  // From here on everybody has exactly what is taken away.
  await owner.ask('PATCH', `/${id}`, { linkAccess: 'none' });

  const members = [...named, ...linked];
  const type = (seconds: number): Promise<void> =>
    keepPace({ clients: members.length, perSecond: PER_SECOND, seconds, seed }, (index) => members[index]!.type());
  await cell.settle(type(WARM_UP_SECONDS));
  const typing = type(SECONDS);
  for (const member of named) {
    const heard = member.hearsOfViewing();
    const sentAt = performance.now();
    await owner.ask('PUT', `/${id}/members/${member.userId}`, { role: 'viewer' });
    cuts.roles.push((await cell.settle(heard)) - sentAt);
  }
  const heard = linked.map((member) => member.hearsOfEnd());
  const sentAt = performance.now();
  await owner.ask('DELETE', `/${id}/links/${link.id}`);
  for (const at of await cell.settle(Promise.all(heard))) cuts.ends.push(at - sentAt);
  const version = async () => (await owner.ask<{ version: number }>('GET', `/${id}`)).version;
  const last = await version();
  await typing;
  if ((await version()) !== last) throw new Error('Somebody wrote after the answer to the request that took it away');
  for (const { session } of members) await session.leave();
}
