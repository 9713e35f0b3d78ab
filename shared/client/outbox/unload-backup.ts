import type { UnsentBackup } from './outbox.ts';

/** What is used of the browser's `localStorage`. */
export interface BackupStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * What tabs of one document had unsent when they were left, in `localStorage`. A page that is being left may not live until a
 * transaction of IndexedDB is durable (Chromium undid about one in six, even committed ones); `localStorage` has the value when
 * `setItem` returns.
 */
export class UnloadBackup {
  readonly #storage: BackupStorage | undefined;
  readonly #prefix: string;

  constructor(storage: BackupStorage | undefined, documentId: string) {
    this.#storage = storage;
    this.#prefix = `weft:unsent:${documentId}:`;
  }

  /** The slots that have a backup. */
  slots(): string[] {
    const keys = Array.from({ length: this.#storage?.length ?? 0 }, (_, index) => this.#storage?.key(index) ?? '');
    return keys.filter((key) => key.startsWith(this.#prefix)).map((key) => key.slice(this.#prefix.length));
  }

  /** Undefined if there is none, or it cannot be read. */
  read(slot: string): UnsentBackup | undefined {
    try {
      return (JSON.parse(this.#storage?.getItem(this.#prefix + slot) ?? 'null') as UnsentBackup | null) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** False if there is no room. */
  write(slot: string, backup: UnsentBackup): boolean {
    try {
      this.#storage?.setItem(this.#prefix + slot, JSON.stringify(backup));
      return this.#storage !== undefined;
    } catch {
      return false;
    }
  }

  remove(slot: string): void {
    this.#storage?.removeItem(this.#prefix + slot);
  }
}
