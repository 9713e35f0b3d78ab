import type { Clock } from '../../../shared/clock.ts';

/** Throttles `run`: it is called soon after `soon`, but at most once per `every` milliseconds. */
export class Pace {
  readonly #clock: Clock;
  readonly #every: number;
  readonly #run: () => void;
  #ranAt = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, every: number, run: () => void) {
    this.#clock = clock;
    this.#every = every;
    this.#run = run;
  }

  /** Schedules a run, unless one is scheduled. In a task of its own, so that everything one message brings is done together. */
  soon(): void {
    if (this.#cancel !== undefined) return;
    const left = this.#ranAt + this.#every - this.#clock.monotonic();
    this.#cancel = this.#clock.after(Math.max(0, left), () => {
      this.#cancel = undefined;
      this.#ranAt = this.#clock.monotonic();
      this.#run();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

/** Milliseconds that a frame may take. */
const LONGEST_FRAME = 500;

/** Resolves once the next frame is on the screen, or will not be soon: no frames come to a hidden tab. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_FRAME);
  });
}

/** Resolves in a task of its own, so that the page can draw and hear keys before. A timer would wait a second in a hidden tab. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
