import { accept } from '../authority.ts';
import { Replica } from '../replica.ts';
import { SimulatedClient, type ClientCounts, type ReplicaFactory } from './simulation-client.ts';
import { Ledger } from './simulation-ledger.ts';
import type { Plan, Step } from './simulation-plan.ts';
import { SimulatedServer, type ServerCounts } from './simulation-server.ts';

/** What takes part; tests replace one part by a wrong one to see that the simulation notices. */
export interface SimulationDeps {
  readonly createReplica: ReplicaFactory;
  readonly accept: typeof accept;
}

export const REAL_DEPS: SimulationDeps = { createReplica: (state) => new Replica(state), accept };

export type SimulationCounts = ServerCounts & ClientCounts & { readonly typed: number };

/** Rounds in which everybody sends and hears everything, after which there must be nothing left to say. */
const MAX_ROUNDS = 2000;

/**
 * Runs a plan: real replicas and the real authority, over links that break and a server that restarts. Afterwards the network
 * holds, everybody comes back, and the books are audited. Nothing is random here; the same plan does the same.
 * Throws an Error that says what is wrong.
 */
export function runPlan(plan: Plan, deps: SimulationDeps = REAL_DEPS): SimulationCounts {
  const simulation = new Simulation(plan, deps);
  for (const step of plan.steps) simulation.take(step);
  simulation.settle();
  return simulation.audit();
}

class Simulation {
  readonly #server: SimulatedServer;
  readonly #clients: readonly SimulatedClient[];
  readonly #ledger = new Ledger();

  constructor(plan: Plan, deps: SimulationDeps) {
    this.#server = new SimulatedServer(deps.accept, plan.tailLimit);
    this.#clients = Array.from(
      { length: plan.clients },
      (_, index) => new SimulatedClient(`client ${index}`, deps.createReplica, plan.budget),
    );
  }

  take(step: Step): void {
    switch (step.do) {
      case 'serve':
        return this.#server.serve(step.count);
      case 'stumble':
        return this.#server.stumble();
      case 'crash':
        return this.#server.crash(step.appended);
      case 'backup':
        return this.#server.backup();
      case 'restore':
        return this.#server.restore();
      default: {
        const client = this.#clients[step.client];
        if (client !== undefined) this.#takeAt(client, step);
      }
    }
  }

  #takeAt(client: SimulatedClient, step: Extract<Step, { readonly client: number }>): void {
    switch (step.do) {
      case 'edit':
        return this.#edit(client, step);
      case 'send':
        return client.send();
      case 'cut':
        return client.cut();
      case 'connect':
        return client.connect();
      case 'reload':
        return client.reload();
      case 'up':
        return this.#deliverUp(client, step.count);
      case 'late':
        return this.#deliverLate(client, step.count);
      case 'down':
        for (let count = 0; count < step.count; count += 1) client.receive();
        return;
      case 'lose':
        client.link?.down.splice(step.index, 1);
    }
  }

  #edit(client: SimulatedClient, step: Extract<Step, { do: 'edit' }>): void {
    const characters = [...client.text];
    const first = Math.floor((step.at * (characters.length + 1)) / 10_000);
    const removed = characters.slice(first, first + step.remove).join('');
    const from = characters.slice(0, first).join('').length;
    const text = this.#ledger.write(step.insert);
    if (removed === '' && text === '') return;
    this.#ledger.delete(removed);
    client.edit(from, from + removed.length, text);
  }

  #deliverUp(client: SimulatedClient, count: number): void {
    const { link } = client;
    for (const message of link?.up.splice(0, count) ?? []) this.#server.hear(link!, message);
  }

  #deliverLate(client: SimulatedClient, count: number): void {
    const link = client.broken.find((each) => each.up.length > 0);
    for (const message of link?.up.splice(0, count) ?? []) this.#server.hear(link!, message);
  }

  /** The network holds from now on. Whatever got lost before is found by joining again, once nothing moves any more. */
  settle(): void {
    let last = '';
    let hasReconnected = false;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      for (const client of this.#clients) {
        client.connect();
        client.send();
        this.#deliverUp(client, Infinity);
      }
      this.#server.serve(Infinity);
      for (const client of this.#clients) {
        while (client.link !== undefined && client.link.down.length > 0) client.receive();
        client.receive();
      }
      const state = JSON.stringify([
        this.#server.head.version,
        this.#clients.map(({ version, link }) => [version, link?.session]),
      ]);
      if (state !== last) {
        last = state;
        continue;
      }
      if (hasReconnected) return;
      hasReconnected = true;
      last = '';
      for (const client of this.#clients) client.cut();
    }
    throw new Error(`Something still moves after ${MAX_ROUNDS} rounds`);
  }

  audit(): SimulationCounts {
    for (const client of this.#clients) {
      if (!client.isSaved) throw new Error(`${client.id} has unsaved text and nothing moves`);
    }
    this.#ledger.audit(this.#server, this.#clients);
    const sum = (name: keyof ClientCounts): number =>
      this.#clients.reduce((total, client) => total + client.counts[name], 0);
    return {
      ...this.#server.counts,
      edits: sum('edits'),
      adoptions: sum('adoptions'),
      resets: sum('resets'),
      holes: sum('holes'),
      resends: sum('resends'),
      emptied: sum('emptied'),
      typed: this.#ledger.typed,
    };
  }
}
