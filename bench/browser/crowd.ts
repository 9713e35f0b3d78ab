import { openDocument, type DocumentSession } from '../../shared/client/node.ts';
import { SeededRandom } from '../../shared/testing/random.ts';

/** Keystrokes per second of each: 60 words a minute. */
const RATE = 5;
const LETTERS = 'etaoin shrdlu';
/** Around somebody's caret nobody else types within so many UTF-16 units, so that each line has one author. */
const OWN_ROOM = 150;
/** Within so many UTF-16 units of it, what others type is on the screen. */
const ON_SCREEN = 1_000;

/** People who type into one document at once, each with the real client engine, a socket and a caret of their own. */
export class Crowd {
  readonly #sessions: readonly DocumentSession[];
  readonly #random = new SeededRandom(20);
  readonly #timers: NodeJS.Timeout[] = [];
  #typed = 0;

  private constructor(sessions: readonly DocumentSession[]) {
    this.#sessions = sessions;
  }

  /** So many people join a document. */
  static async join(address: string, count: number): Promise<Crowd> {
    const sessions = Array.from({ length: count }, (_, index) => openDocument(address, { name: `Other ${index + 1}` }));
    await Promise.all(sessions.map((session) => session.whenReady()));
    return new Crowd(sessions);
  }

  /** Letters typed so far. */
  get typed(): number {
    return this.#typed;
  }

  /** Everybody begins to type, anywhere in the text, one after the other. */
  start(): void {
    const period = 1000 / RATE;
    this.#sessions.forEach((session, index) => {
      place(session, this.#random.below(session.text.length));
      const begin = setTimeout(
        () => this.#timers.push(setInterval(() => this.#type(session), period)),
        (index * period) / this.#sessions.length,
      );
      this.#timers.push(begin);
    });
  }

  /** Half of them go to where somebody's caret is, some before it and some behind. */
  surround(caret: number): void {
    this.#sessions.forEach((session, index) => {
      if (index % 2 === 1) return;
      const distance = OWN_ROOM + this.#random.below(ON_SCREEN - OWN_ROOM);
      place(session, Math.max(0, caret + (index % 4 === 0 ? distance : -distance)));
    });
  }

  /** Ends the typing; resolves with the text once all of it is durable. */
  async settle(): Promise<string> {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    await Promise.all(this.#sessions.map((session) => session.whenSaved()));
    return this.#sessions[0]!.text.toString();
  }

  async leave(): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    await Promise.all(this.#sessions.map((session) => session.leave()));
  }

  #type(session: DocumentSession): void {
    // Oneself comes first; typing moves the own caret on.
    const caret = session.collaborators[0]?.cursor?.ranges[0]?.head ?? 0;
    session.insert(caret, LETTERS[this.#random.below(LETTERS.length)]!);
    this.#typed += 1;
  }
}

function place(session: DocumentSession, caret: number): void {
  session.setSelection([{ anchor: caret, head: caret }]);
}
