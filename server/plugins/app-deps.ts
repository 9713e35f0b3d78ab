import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../shared/clock.ts';
import type { Config } from '../setup/config.ts';
import type { FileShortage } from '../limits/open-files.ts';
import type { BackgroundJobs } from '../base/background-jobs.ts';
import type { AccessCatalogue } from '../stores/access-catalogue.ts';
import type { DocumentCatalogue } from '../stores/document-catalogue.ts';
import type { DocumentLists } from '../stores/document-lists.ts';
import type { VisitCatalogue } from '../stores/visit-catalogue.ts';
import type { DocumentOperations } from '../rooms/document-operations.ts';
import type { DocumentStore } from '../stores/document-store.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { TokenVerifier } from '../tokens/token-verifier.ts';

/** Dependencies of the app. Their owner opens and closes them. */
export interface AppDeps {
  readonly config: Config;
  /** Signs cookies and derives the ids of guests; at least 32 bytes. */
  readonly secret: string;
  readonly store: Pick<DocumentStore, 'check'>;
  readonly catalogue: DocumentCatalogue & AccessCatalogue & DocumentLists & VisitCatalogue;
  readonly documents: DocumentOperations;
  readonly rooms: RoomRegistry;
  readonly tokens: TokenVerifier;
  readonly jobs: Pick<BackgroundJobs, 'records' | 'run'>;
  readonly shortage: FileShortage;
  readonly clock: Clock;
  readonly logger: FastifyBaseLogger;
  /** Of Weft itself, for the API description. */
  readonly version: string;
  /** Bytes of the database; undefined if unknown. */
  readonly storeBytes?: (() => Promise<number>) | undefined;
  /** The folder of the built web app; undefined if the server has only the API. */
  readonly webFolder?: string | undefined;
  /** The folder of what pages of others load; undefined if it was not built. */
  readonly embedFolder?: string | undefined;
}

/** Fastify with routes typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
