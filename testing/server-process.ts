import { existsSync } from 'node:fs';
import path from 'node:path';
import { WeftServer, type WeftServerOptions } from '../kit/weft-server.ts';
import { build, root } from '../scripts/build.mjs';

export interface ServerOptions extends WeftServerOptions {
  /** The folder of another checkout that is built, whose server is to run; ours by default. */
  readonly checkout?: string;
}

/** The server of a checkout. It stands outside server/, because browser tests use it too and may not import the server. */
export class ServerProcess extends WeftServer {
  #checkout: string;

  private constructor(options: ServerOptions) {
    const checkout = options.checkout ?? root;
    super(options, mainOf(checkout));
    this.#checkout = checkout;
  }

  /**
   * Builds the server if it is stale (unless WEFT_TEST_BUILT is 1: the runner has just done so), starts it, and waits
   * until it accepts connections.
   */
  static override async start(options: ServerOptions = {}): Promise<ServerProcess> {
    // The build prints type errors and the type check fails on them; what was emitted can still be tested.
    if (process.env['WEFT_TEST_BUILT'] !== '1') build({ parts: ['server'], report: () => undefined });
    if (!existsSync(mainOf(root))) throw new Error('The server does not build; run `npm run build`');
    return new ServerProcess(options).begin();
  }

  /** Whose build runs; another one takes over at the next start. */
  get checkout(): string {
    return this.#checkout;
  }

  set checkout(folder: string) {
    this.#checkout = folder;
    this.program = mainOf(folder);
  }
}

function mainOf(checkout: string): string {
  return path.join(checkout, 'dist/server/main.js');
}
