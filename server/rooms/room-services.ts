import type { Clock } from '../../shared/clock.ts';
import type { BackgroundJobs } from './background-jobs.ts';
import type { Bus } from './bus.ts';
import type { CommitTurns } from './commit-turns.ts';
import type { DocumentStore } from './document-store.ts';
import type { FrameMemory } from './frame-memory.ts';
import type { RoomCounters } from './room-counters.ts';
import type { Logger } from './logger.ts';
import type { RoomLimits } from './room-limits.ts';
import type { Slices } from './slices.ts';

/** What all rooms of a process share. */
export interface RoomServices {
  readonly store: DocumentStore;
  readonly turns: CommitTurns;
  readonly slices: Slices;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly limits: RoomLimits;
  readonly logger: Logger;
  readonly counters: RoomCounters;
  readonly jobs: BackgroundJobs;
  readonly frameMemory: FrameMemory;
  /** The name of this process among the nodes. */
  readonly node: string;
}
