import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { Stranger } from '../../testing/stranger.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { weft, type WeftOptions } from '../hosted/fastify-plugin.ts';

/** A line of the host's log. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface HostOptions {
  /** Adds what else the host has, before the service is registered. */
  readonly before?: (app: FastifyInstance) => unknown;
  /** The same, after it. */
  readonly after?: (app: FastifyInstance) => unknown;
  readonly weft?: WeftOptions;
}

/** A Fastify application of somebody else, who has registered the service and listens. It is closed when the test has finished. */
export class HostKit {
  readonly app: FastifyInstance;
  readonly lines: readonly LogLine[];
  readonly data: string;

  private constructor(app: FastifyInstance, data: string, lines: readonly LogLine[]) {
    [this.app, this.data, this.lines] = [app, data, lines];
  }

  /** Registered, and neither ready nor listening. */
  static async make({ before, after, weft: options }: HostOptions = {}): Promise<HostKit> {
    const lines: LogLine[] = [];
    const stream = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) };
    // A busy machine takes longer to open the data folder than the 10 s that Fastify would give it.
    const app = Fastify({ logger: { level: 'info', stream }, bodyLimit: 1024, pluginTimeout: 0 });
    const data = options?.data ?? temporaryFolder();
    onTestFinished(() => app.close());
    await before?.(app);
    void app.register(weft, { prefix: '/weft', data, ...options });
    await after?.(app);
    return new HostKit(app, data, lines);
  }

  /** On a free port. */
  static async open(options: HostOptions = {}): Promise<HostKit> {
    const kit = await HostKit.make(options);
    await kit.app.listen({ port: 0, host: '127.0.0.1' });
    return kit;
  }

  get port(): number {
    return (this.app.server.address() as AddressInfo).port;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Somebody with a session of the service at a prefix. */
  guest(prefix = '/weft'): Promise<Stranger> {
    return Stranger.guest(`${this.url}${prefix}`);
  }
}
