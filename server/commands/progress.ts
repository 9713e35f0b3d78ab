/** Columns of the bar. */
const WIDTH = 24;

/** Shows progress on stderr, so that stdout can be piped: a bar on a terminal, otherwise a line at every tenth. */
export class Progress {
  readonly #label: string;
  #tenth = 0;
  #isDrawn = false;

  constructor(label: string) {
    this.#label = label;
  }

  update(done: number, total: number): void {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const percent = `${Math.floor(share * 100)} %`;
    if (process.stderr.isTTY) {
      const filled = Math.round(share * WIDTH);
      process.stderr.write(`\r${this.#label} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent} `);
      this.#isDrawn = true;
    } else if (Math.floor(share * 10) > this.#tenth) {
      this.#tenth = Math.floor(share * 10);
      process.stderr.write(`${this.#label}: ${percent}\n`);
    }
  }

  /** Clears the bar. */
  end(): void {
    if (this.#isDrawn) process.stderr.write('\r\u001b[K');
    this.#isDrawn = false;
  }
}
