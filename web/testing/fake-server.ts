import { afterEach, vi } from 'vitest';
import type { ErrorCode } from '../../shared/protocol/errors.ts';
import { ownPath } from '../app/base.ts';

/** A request of the page, which waits until the test answers it. */
export interface FakeRequest {
  readonly body: unknown;
  /** Milliseconds after which the request may succeed are told in whole seconds, as the server does. */
  refuse(status: number, code: ErrorCode, message?: string, retryAfter?: number): void;
  answer(body?: unknown): void;
  /** No answer arrives. */
  drop(): void;
}

/** What stands behind `fetch` in a test: it sees every request, and answers them in the order that the test likes. */
export class FakeServer {
  readonly #waiting: (FakeRequest & { readonly line: string })[] = [];

  constructor() {
    vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => this.#receive(path, init));
    afterEach(() => vi.unstubAllGlobals());
  }

  /** What waits for an answer, as lines of method and path. */
  get waiting(): readonly string[] {
    return this.#waiting.map(({ line }) => line);
  }

  /** The first request that waits and has this method and path; it may still be on its way. */
  async next(line: string): Promise<FakeRequest> {
    for (let turn = 0; turn < 100; turn += 1) {
      const index = this.#waiting.findIndex((one) => one.line === line);
      if (index >= 0) return this.#waiting.splice(index, 1)[0]!;
      await Promise.resolve();
    }
    throw new Error(`Nobody asks for ${line}, only for: ${this.waiting.join(', ')}`);
  }

  #receive(path: string, { method = 'GET', body }: RequestInit): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        line: `${method} ${ownPath(path)}`,
        body: typeof body === 'string' ? JSON.parse(body) : undefined,
        answer: (answer) => resolve(new Response(answer === undefined ? '' : JSON.stringify(answer))),
        refuse: (status, code, message = code, retryAfter) => {
          const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter / 1000) };
          const error = { error: { code, message } };
          resolve(new Response(JSON.stringify(error), { status, ...(headers && { headers }) }));
        },
        drop: () => reject(new TypeError('Failed to fetch')),
      });
    });
  }
}
