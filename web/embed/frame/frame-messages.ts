import type { Role } from '../../../shared/protocol/roles.ts';
import type { EmbedCode, EmbedEvents, EmbedOptions, EmbedPerson, EmbedState } from '../contract.ts';

/** Between the page of a host and the frame. The first two open the port, everything else goes over it; nothing else ever has a token. */
export interface ConnectMessage {
  readonly type: 'weft-connect';
  readonly protocol: 1;
}

/** The answer to it, on the port that came with it. */
export interface ReadyMessage {
  readonly type: 'weft-ready';
  readonly protocol: 1;
  readonly features: readonly string[];
}

/** What the host asks. */
export interface CallMessage {
  readonly id: number | string;
  readonly call: string;
  readonly args?: readonly unknown[];
}

export type AnswerMessage =
  | { readonly id: number | string; readonly ok: true; readonly value?: unknown }
  | { readonly id: number | string; readonly ok: false; readonly code: EmbedCode };

/** What the frame tells; `told` is what has changed of the properties meanwhile. */
export interface EventMessage<Name extends keyof FrameEvents = keyof FrameEvents> {
  readonly event: Name;
  readonly detail?: FrameEvents[Name];
  readonly told?: Partial<FrameProperties>;
}

export interface FrameProperties {
  readonly state: EmbedState;
  readonly unsaved: number;
  readonly version: number;
  readonly role: Role | null;
  readonly people: readonly EmbedPerson[];
  /** With `weft-ready` alone; from there on `weft-change` says what became of it. */
  readonly value: string;
}

export interface FrameEvents extends EmbedEvents {
  input: undefined;
  change: undefined;
  /** A token is needed; the call `token` brings it, with the same number. */
  'weft-token': { readonly request: number };
  /** Pixels that the whole text takes. */
  'weft-height': { readonly height: number };
}

/** What `set` takes: options that are no secret in the address; `token: true` says that it is to be asked for. */
export type FrameOptions = Omit<EmbedOptions, 'document' | 'server' | 'token'> & {
  readonly token?: string | true | undefined;
  /** Tell the height that the text takes, and have no scroll of its own. */
  readonly tellsHeight?: boolean | undefined;
};
