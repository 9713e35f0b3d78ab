import { cpus } from 'node:os';
import { cpuSeconds, machineBusySeconds } from './process-usage.ts';

export interface Usage {
  readonly seconds: number;
  /** CPU seconds of the server; NaN where the system does not tell. */
  readonly serverCpu: number;
  /** Share of its one core that the load took: near 1, the load is the limit and not the server. */
  readonly loadShare: number;
  /** Share of all cores that neither server nor load used: near 0, the machine was quiet. */
  readonly foreignShare: number;
}

/** Measures what server and load use from now on. */
export class Meter {
  readonly #pid: number;
  readonly #begun = performance.now();
  readonly #server: number;
  readonly #load = process.cpuUsage();
  readonly #machine = machineBusySeconds() ?? NaN;

  constructor(pid: number) {
    this.#pid = pid;
    this.#server = cpuSeconds(pid) ?? NaN;
  }

  read(): Usage {
    const seconds = (performance.now() - this.#begun) / 1000;
    const serverCpu = (cpuSeconds(this.#pid) ?? NaN) - this.#server;
    const { user, system } = process.cpuUsage(this.#load);
    const loadCpu = (user + system) / 1e6;
    const foreign = (machineBusySeconds() ?? NaN) - this.#machine - serverCpu - loadCpu;
    return {
      seconds,
      serverCpu,
      loadShare: loadCpu / seconds,
      foreignShare: Math.max(0, foreign) / (seconds * cpus().length),
    };
  }
}
