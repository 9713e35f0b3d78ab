import type { AddressInfo } from 'node:net';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { ManualClock } from '../../shared/testing/manual-clock.ts';
import { buildApp } from '../app/app.ts';
import { parseConfig } from '../setup/config.ts';
import { SESSION_COOKIE, sessionIdOf } from '../access/identity.ts';
import { FileShortage } from '../limits/open-files.ts';
import { createLogger } from '../setup/log.ts';
import type { App } from '../plugins/app-deps.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { InProcessBus } from '../bus/bus.ts';
import { CommitScheduler } from '../rooms/services/commit-scheduler.ts';
import { DocumentOperations } from '../rooms/document-operations.ts';
import { RoomRegistry } from '../rooms/room-registry.ts';
import { SqliteStore } from '../stores/sqlite/sqlite-store.ts';
import { storeBytes } from '../stores/sqlite/database/database-file.ts';
import { openTokens } from '../tokens/token-verifier.ts';
import { systemClock } from '../base/clock.ts';
import { FaultyStore } from './faulty-store.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

export const SECRET = 'a secret of more than thirty-two bytes';

export interface AppKitOptions {
  /** Settings, by the names of their environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly webFolder?: string;
  readonly embedFolder?: string;
}

/** A person or program that calls the API and keeps the session cookie it is given. */
export class Caller {
  readonly #app: App;
  cookie: string | undefined;

  constructor(app: App, cookie?: string) {
    this.#app = app;
    this.cookie = cookie;
  }

  /** Sends a request as a browser does, and keeps the session cookie of the answer. */
  async send(
    method: NonNullable<InjectOptions['method']>,
    url: string,
    options: InjectOptions = {},
  ): Promise<LightMyRequestResponse> {
    const cookies: Record<string, string> = this.cookie === undefined ? {} : { [SESSION_COOKIE]: this.cookie };
    const response: LightMyRequestResponse = await this.#app.inject({ method, url, cookies, ...options });
    const given = response.cookies.find(({ name }) => name === SESSION_COOKIE);
    if (given !== undefined) this.cookie = given.value || undefined;
    return response;
  }

  get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.send('GET', url, { headers });
  }

  /** Replaces a document's whole text. */
  putText(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.send('PUT', url, { body, headers: { 'content-type': 'text/plain', ...headers } });
  }

  /** Makes a document and returns its id. */
  async makeDocument(body: object = {}): Promise<string> {
    const response = await this.send('POST', '/api/documents', { body });
    if (response.statusCode !== 201) throw new Error(`No document was made: ${response.body}`);
    return response.json<{ id: string }>().id;
  }
}

/** The whole app over a real store in a fresh folder, without a network, on a clock that only tests move. */
export class AppKit {
  readonly clock: ManualClock;
  readonly app: App;
  readonly store: SqliteStore;
  readonly faults: FaultyStore;
  readonly rooms: RoomRegistry;
  readonly documents: DocumentOperations;
  /** What was logged, one JSON line each. */
  readonly log: readonly string[];

  private constructor(deps: Pick<AppKit, 'clock' | 'app' | 'store' | 'faults' | 'rooms' | 'documents' | 'log'>) {
    ({ clock: this.clock, app: this.app, store: this.store, faults: this.faults } = deps);
    ({ rooms: this.rooms, documents: this.documents, log: this.log } = deps);
  }

  static async open({ settings = {}, webFolder, embedFolder }: AppKitOptions = {}): Promise<AppKit> {
    const folder = temporaryFolder();
    const clock = new ManualClock();
    const { store, faults } = FaultyStore.wrap(await SqliteStore.open({ folder }));
    const log: string[] = [];
    const logger = createLogger(settings['WEFT_LOG_LEVEL'] ?? 'info', { write: (line) => void log.push(line) });
    const config = parseConfig(settings);
    const jobs = new BackgroundJobs({ clock, logger });
    const rooms = new RoomRegistry({
      store,
      catalogue: store,
      bus: new InProcessBus(),
      clock,
      limits: config.limits,
      logger,
      jobs,
      turns: new CommitScheduler(systemClock),
      node: 'the only node',
      sessionIdOf: (documentId, clientId) => sessionIdOf(SECRET, documentId, clientId),
    });
    const documents = new DocumentOperations(rooms);
    const tokens = await openTokens(config, { clock, jobs });
    const deps = {
      config,
      secret: SECRET,
      store,
      catalogue: store,
      tokens,
      rooms,
      documents,
      shortage: new FileShortage({ clock, logger }),
      clock,
      logger,
      jobs,
      webFolder,
      embedFolder,
    };
    const app = await buildApp({ ...deps, storeBytes: () => storeBytes(folder), version: '0.0.0' });
    return new AppKit({ clock, app, store, faults, rooms, documents, log });
  }

  /** Opens a port of this machine, for tests that need sockets; returns it. */
  async listen(): Promise<number> {
    await this.app.listen({ port: 0, host: '127.0.0.1' });
    return this.port;
  }

  /** The port that `listen` opened. */
  get port(): number {
    return (this.app.server.address() as AddressInfo).port;
  }

  /** Somebody without a cookie. */
  caller(): Caller {
    return new Caller(this.app);
  }

  /** Somebody with a session. */
  async guest(): Promise<Caller> {
    const guest = this.caller();
    await guest.send('POST', '/api/session');
    return guest;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.store.close();
  }
}
