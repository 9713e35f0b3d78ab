import type { Clock } from '../../../shared/clock.ts';
import type { BackgroundJobs } from '../../base/background-jobs.ts';
import type { Bus } from '../../bus/bus.ts';
import type { CommitScheduler } from './commit-scheduler.ts';
import type { DocumentStore } from '../../stores/document-store.ts';
import type { FrameArena } from '../frames/frame-arena.ts';
import type { RoomCounters } from './room-counters.ts';
import type { Logger } from '../../base/logger.ts';
import type { RoomLimits } from './room-limits.ts';
import type { Slices } from '../../base/slices.ts';
import type { VisitLog } from './visit-log.ts';

/** What all rooms of a process share. */
export interface RoomServices {
  readonly store: DocumentStore;
  readonly turns: CommitScheduler;
  readonly slices: Slices;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly limits: RoomLimits;
  readonly logger: Logger;
  readonly counters: RoomCounters;
  readonly jobs: BackgroundJobs;
  readonly frameArena: FrameArena;
  readonly visits: VisitLog;
  /** The name of this process, among the nodes that share the store. */
  readonly node: string;
  /** The public session id of a client on a document; the same for the same client. */
  readonly sessionIdOf: (documentId: string, clientId: string) => string;
}
