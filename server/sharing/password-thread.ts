import type { Worker } from 'node:worker_threads';
import { startThread } from '../base/threads.ts';
import type { PasswordAnswer, PasswordQuestion } from './password-worker.ts';

interface Pending {
  readonly resolve: (result: string | boolean) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread that hashes passwords, at a lower priority than all others; Node's own pool would hash at the priority of the event
 * loop. It is started by the first password, does not keep the process alive, and is started again if it ended. One question at a
 * time.
 */
export class PasswordThread {
  #worker: Worker | undefined;
  #pending: Pending | undefined;

  /** `hashPassword` in the thread. */
  hash(password: string): Promise<string> {
    return this.#ask({ password }) as Promise<string>;
  }

  /** `isPassword` in the thread. Rejects if the hash is invalid. */
  check(password: string, hash: string): Promise<boolean> {
    return this.#ask({ password, hash }) as Promise<boolean>;
  }

  #ask(question: PasswordQuestion): Promise<string | boolean> {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      worker.postMessage(question);
    });
  }

  #start(): Worker {
    const worker = startThread(new URL('./password-worker', import.meta.url));
    worker.unref();
    worker.on('message', (answer: PasswordAnswer) => {
      if ('error' in answer) this.#pending?.reject(new Error(answer.error));
      else this.#pending?.resolve(answer.result);
    });
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', () => this.#ended(worker, new Error('The thread of passwords ended')));
    return worker;
  }

  #ended(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#pending?.reject(error);
  }
}
