import type { Operation } from '../../text/operation.ts';
import type { VersionName } from '../change.ts';

/** What the simulated ends say to each other: the messages of docs/protocol.md, without what sync does not need. */
export type UpMessage =
  | { readonly type: 'join'; readonly name: VersionName | undefined }
  | {
      readonly type: 'submit';
      readonly seq: number;
      readonly version: number;
      readonly operations: readonly Operation[];
    };

export interface Update extends VersionName {
  readonly operations: readonly Operation[];
  readonly seq: number | undefined;
}

export type DownMessage =
  | ({
      readonly type: 'document-init';
      readonly content: string;
      readonly seq: number;
      readonly reason: string;
    } & VersionName)
  | { readonly type: 'document-sync'; readonly updates: readonly Update[]; readonly seq: number }
  | ({ readonly type: 'document-update' } & Update)
  | ({
      readonly type: 'ack';
      readonly seq: number;
      readonly operations: readonly Operation[] | undefined;
    } & VersionName)
  | { readonly type: 'error'; readonly code: string; readonly seq: number };

/** A socket: two ordered queues, and the state of its session on the server. */
export class Link {
  readonly clientId: string;
  readonly up: UpMessage[] = [];
  readonly down: DownMessage[] = [];
  session: 'fresh' | 'joined' | 'closed' = 'fresh';

  constructor(clientId: string) {
    this.clientId = clientId;
  }
}
