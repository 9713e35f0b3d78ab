import { show } from './metrics.ts';

const WIDTH = 24;

/** Tells on the terminal how far a run is: one line per measurement, and a bar where the line can be rewritten. */
export class Progress {
  readonly #total: number;
  readonly #begun = performance.now();
  #done = 0;
  #what = '';

  constructor(total: number) {
    this.#total = total;
  }

  begin(what: string): void {
    this.#what = what;
    this.note('');
  }

  /** How far the measurement is that runs now. */
  note(text: string): void {
    if (!process.stdout.isTTY) return;
    const share = this.#done / this.#total;
    const filled = Math.round(share * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    process.stdout.write(`\r\x1b[K${bar} ${Math.floor(share * 100)} %  ${this.#what} ${text}`);
  }

  end(metric: string, value: number | undefined): void {
    this.#finish(value === undefined ? '' : show(metric, value));
  }

  failed(reason: string): void {
    this.#finish(`VOID: ${reason}`);
  }

  #finish(outcome: string): void {
    this.#done += 1;
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    const seconds = Math.round((performance.now() - this.#begun) / 1000);
    console.log(`${String(seconds).padStart(4)} s  ${this.#done}/${this.#total}  ${this.#what.padEnd(28)} ${outcome}`);
  }
}
