import type { Worker } from 'node:worker_threads';
import { startThread } from '../../../base/threads.ts';
import { StoreError } from '../../store-error.ts';
import type { CallName, StoreCalls } from './store-calls.ts';
import { errorFromFields, type CallMessage, type ThreadMessage } from './thread-messages.ts';
import type { WorkerSettings } from './worker.ts';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: StoreError) => void;
}

/** The main thread's side of the store's thread. If the thread has ended, the next call starts another. */
export class StoreThread {
  readonly #settings: Omit<WorkerSettings, 'wakeups'>;
  readonly #report: (message: string) => void;
  #worker: Worker | undefined;
  /** Of the newest thread; incremented and notified after every call. */
  #wakeups = new Int32Array(new SharedArrayBuffer(4));
  #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(settings: Omit<WorkerSettings, 'wakeups'>, report: (message: string) => void) {
    this.#settings = settings;
    this.#report = report;
  }

  /** Long calls let short ones go first, as CallQueue says. Rejects with StoreError. */
  call<Name extends CallName>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<ReturnType<StoreCalls[Name]>> {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
      const message: CallMessage = { id, name, args };
      worker.postMessage(message);
      Atomics.add(this.#wakeups, 0, 1);
      Atomics.notify(this.#wakeups, 0);
    });
  }

  /** Has the thread close its connection, if it was ever started. */
  async close(): Promise<void> {
    if (this.#worker !== undefined) await this.call('close');
  }

  /** Terminates the thread, whatever it is doing. */
  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const wakeups = new SharedArrayBuffer(4);
    this.#wakeups = new Int32Array(wakeups);
    const workerData: WorkerSettings = { ...this.#settings, wakeups };
    const worker = startThread(new URL('./worker', import.meta.url), workerData);
    worker.on('message', (message: ThreadMessage) => this.#receive(message));
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', () => this.#ended(worker));
    return worker;
  }

  #receive(message: ThreadMessage): void {
    if ('report' in message) {
      this.#report(message.report);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('error' in message) pending?.reject(errorFromFields(message.error));
    else pending?.resolve(message.result);
  }

  #ended(worker: Worker, cause?: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const pending = this.#pending;
    this.#pending = new Map();
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    for (const { reject } of pending.values()) {
      reject(new StoreError('STORE_STOPPED', `The thread of the store ended${reason}`, { cause }));
    }
  }
}
