import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Facts, Target } from './attack.ts';
import type { AttackerReport } from './attacker-process.ts';

const PROCESS = fileURLToPath(new URL('attacker-process.ts', import.meta.url));

/** An attack in a process of its own. */
export class Attacker {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves once it has prepared what it needs. */
  static async prepare(name: string, target: Target): Promise<Attacker> {
    const child = fork(PROCESS, [name, JSON.stringify(target)], { execArgv: ['--import', 'tsx'] });
    const attacker = new Attacker(child);
    process.once('exit', () => attacker.end());
    await attacker.#told('ready');
    return attacker;
  }

  /** Attacks; resolves once it is over. What it holds open stays open until `end`. */
  async attack(): Promise<Facts> {
    const done = this.#told('done');
    this.#child.send('go');
    const report = await done;
    return report.kind === 'done' ? report.facts : {};
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #told(kind: AttackerReport['kind']): Promise<AttackerReport> {
    return new Promise((resolve, reject) => {
      this.#child.once('exit', (code, signal) => reject(new Error(`The attacker ended with ${code ?? signal}`)));
      this.#child.once('message', (report: AttackerReport) => {
        if (report.kind === kind) resolve(report);
        else reject(new Error(report.kind === 'failed' ? report.reason : `The attacker told ${report.kind}`));
      });
    });
  }
}
