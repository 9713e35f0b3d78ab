import type { Snapshot } from '../rooms/document-store.ts';

/** Bytes up to which every reader gets its own. */
const SMALL = 65_536;

/** The bytes of versions of texts, shared by all who are being sent them at the time; they are made anew after that. */
export class SharedTexts {
  readonly #texts = new Map<string, WeakRef<Buffer>>();
  readonly #collected = new FinalizationRegistry<string>((name) => {
    if (this.#texts.get(name)?.deref() === undefined) this.#texts.delete(name);
  });

  /** The text in UTF-8. */
  bytesOf(documentId: string, snapshot: Snapshot): Buffer {
    const name = `${documentId} ${snapshot.version} ${snapshot.timestamp}`;
    const shared = this.#texts.get(name)?.deref();
    if (shared !== undefined) return shared;
    const bytes = Buffer.from(snapshot.text);
    if (bytes.length > SMALL) {
      this.#texts.set(name, new WeakRef(bytes));
      this.#collected.register(bytes, name);
    }
    return bytes;
  }
}
