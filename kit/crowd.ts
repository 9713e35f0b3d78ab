import { openDocument, type DocumentSession } from '../shared/client/node.ts';
import { SeededRandom } from '../shared/testing/random.ts';
import type { Participant } from './convergence.ts';
import type { Answer } from './writer.ts';

/** What typists write, beside single letters: whatever the engine must not cut in two. */
const WORDS = ['a', 'word ', '한글 ', '🦋', 'naïve ', '\n', '👩‍🚀 ', 'שלום '];

export interface CrowdOptions {
  readonly count: number;
  readonly seed: number;
  readonly documentUrl: string;
  /** The secret of a share link to come by. */
  readonly link?: string | undefined;
  /** Reads from the server for them. */
  readonly get: (address: string) => Promise<Answer>;
}

/** Typists without browsers in one document. What each of them does follows from the seed alone. */
export class Crowd implements Iterable<Participant> {
  readonly seed: number;
  readonly #typists: readonly Typist[];

  private constructor(seed: number, typists: readonly Typist[]) {
    this.seed = seed;
    this.#typists = typists;
  }

  /** Resolves when all have joined. */
  static async join({ count, seed, ...rest }: CrowdOptions): Promise<Crowd> {
    const typists = Array.from({ length: count }, (_, index) => {
      // Seeds that follow each other must not make typists that are each other's.
      return new Typist(`Typist ${index + 1}`, new SeededRandom(Math.imul(seed, 0x9e3779b1) ^ index), rest);
    });
    await Promise.all(typists.map((typist) => typist.whenReady()));
    return new Crowd(seed, typists);
  }

  get size(): number {
    return this.#typists.length;
  }

  /** The text as the first of them has it. */
  async text(): Promise<string> {
    return (await this.#typists[0]?.texts())?.session ?? '';
  }

  [Symbol.iterator](): Iterator<Participant> {
    return this.#typists[Symbol.iterator]();
  }

  /**
   * Everybody makes so many edits; resolves when all of them are on the server's disk. All type at once, so the order in which the
   * server gets them is another one each time. With `inTurns` one types after the other, and each only once they have what was
   * typed before: the same seed then makes the same text.
   */
  async type(edits: number, { inTurns = false }: { readonly inTurns?: boolean } = {}): Promise<void> {
    if (!inTurns) {
      await Promise.all(this.#typists.map((typist) => typist.type(edits)));
      return;
    }
    let version = 0;
    for (let edit = 0; edit < edits; edit += 1) {
      for (const typist of this.#typists) {
        await typist.whenAt(version);
        await typist.type(1);
        version = await typist.version();
      }
    }
  }

  /** Everybody goes. */
  async leave(): Promise<void> {
    await Promise.all(this.#typists.map((typist) => typist.leave()));
  }
}

class Typist implements Participant {
  readonly name: string;
  readonly documentUrl: string;
  readonly get: (address: string) => Promise<Answer>;
  readonly #random: SeededRandom;
  readonly #session: DocumentSession;

  constructor(name: string, random: SeededRandom, { documentUrl, link, get }: Omit<CrowdOptions, 'count' | 'seed'>) {
    this.name = name;
    this.documentUrl = documentUrl;
    this.get = get;
    this.#random = random;
    this.#session = openDocument(documentUrl, { name, ...(link === undefined ? {} : { link: { secret: link } }) });
  }

  whenReady(): Promise<void> {
    return this.#session.whenReady();
  }

  /** Makes edits, letting those of others in between; resolves when they are saved. */
  async type(edits: number): Promise<void> {
    for (let edit = 0; edit < edits; edit += 1) {
      this.#edit();
      await new Promise(setImmediate);
    }
    await this.#session.whenSaved();
  }

  /** Resolves when this typist has everything up to a version. */
  async whenAt(version: number): Promise<void> {
    if (this.#session.version >= version) return;
    await new Promise<void>((resolve) => {
      const end = this.#session.on('change', () => {
        if (this.#session.version < version) return;
        end();
        resolve();
      });
    });
  }

  async leave(): Promise<void> {
    await this.#session.leave();
  }

  async unsaved(): Promise<number> {
    return this.#session.unsaved;
  }

  async version(): Promise<number> {
    return this.#session.version;
  }

  async texts(): Promise<{ session: string; editor: string }> {
    const text = this.#session.text.toString();
    return { session: text, editor: text };
  }

  async namesSeen(): Promise<string[]> {
    return this.#session.collaborators.map(({ user }) => user.name);
  }

  /** Every edit draws as many random numbers, whatever the text is by then. */
  #edit(): void {
    const [place, word, isDeletion] = [this.#random.next(), this.#random.pick(WORDS), this.#random.chance(20)];
    const { text } = this.#session;
    const at = wholeAt(text.toString(), Math.floor((place / 2 ** 32) * (text.length + 1)));
    const end = wholeAt(text.toString(), at + 3);
    const isInsertion = !isDeletion || end === at;
    if (isInsertion) this.#session.insert(at, word);
    else this.#session.delete(at, end);
    const caret = isInsertion ? at + word.length : at;
    this.#session.setSelection([{ anchor: caret, head: caret }]);
  }
}

/** A place of a text at or before which no pair of UTF-16 surrogates is cut. */
function wholeAt(text: string, place: number): number {
  const at = Math.min(place, text.length);
  const isCut = /[\uDC00-\uDFFF]/.test(text[at] ?? '') && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '');
  return isCut ? at - 1 : at;
}
