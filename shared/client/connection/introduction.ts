import type { ClientMessage } from '../../protocol/messages.ts';
import type { RedeemLink } from '../../protocol/session-messages.ts';
import type { LocalDocument } from '../document/local-document.ts';
import { newClientId } from '../outbox/outbox.ts';
import type { OutboxWriter } from '../outbox/outbox-writer.ts';
import type { SessionState } from './session-state.ts';

/** Who joins, and with which credential. */
export interface IntroductionOptions {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  /** Who the user is, signed by the host application. A function is asked before every join, and when the token ends soon. */
  readonly token?: string | (() => Promise<string> | string) | undefined;
  /** A share link that lets us in, if no cookie has redeemed it. */
  readonly link?: RedeemLink | undefined;
}

export interface IntroductionDeps {
  readonly options: IntroductionOptions;
  readonly document: LocalDocument;
  readonly state: SessionState;
  /** Records under which clientId the session goes on. */
  readonly unsent: Pick<OutboxWriter, 'rename'>;
}

/** ClientIds that `join` may name for what is in flight. Each is of a session that ended before the server could answer. */
const UNANSWERED_MAX = 16;

/** How a session introduces itself on every connection: under which clientId, and with which credential. */
export class Introduction {
  readonly #deps: IntroductionDeps;
  /** What is in flight was not sent under the present clientId. */
  #isUnused = false;
  /** A fresh credential was asked for since the server refused the last one. */
  #isRenewing = false;

  constructor(deps: IntroductionDeps) {
    this.#deps = deps;
  }

  /** Calls `send` with the message that joins: at once, or when a fresh token is there. Calls `fail` if there is none. */
  join(send: (message: ClientMessage) => void, fail: () => void): void {
    const { token } = this.#deps.options;
    if (typeof token !== 'function') return send(this.#joinMessage(token));
    void (async () => token())().then((fresh) => send(this.#joinMessage(fresh)), fail);
  }

  /** Calls `send` with a fresh token. If there is none to be had, that is tried again when the server closes. */
  renewToken(send: (message: ClientMessage) => void): void {
    const { token } = this.#deps.options;
    if (typeof token !== 'function') return;
    void (async () => token())().then(
      // Hosts without types may answer nothing.
      (fresh: string | undefined) => fresh !== undefined && send({ type: 'authenticate', token: fresh }),
      () => {},
    );
  }

  /** True if it is worth joining again after the credential has expired; once until a join is `accepted`. */
  mayRenew(): boolean {
    if (typeof this.#deps.options.token !== 'function' || this.#isRenewing) return false;
    this.#isRenewing = true;
    return true;
  }

  /** Takes a fresh clientId, because this one is somebody else's. */
  changeClient(): void {
    const { document, state, unsent } = this.#deps;
    if (!this.#isUnused) document.changeClient(state.clientId);
    this.#isUnused = true;
    state.clientId = newClientId();
    unsent.rename(state.clientId);
  }

  /** The join was answered. */
  accepted(): void {
    this.#isRenewing = false;
    this.#isUnused = false;
  }

  #joinMessage(token: string | undefined): ClientMessage {
    const { name, color, link } = this.#deps.options;
    const { clientId, isReady } = this.#deps.state;
    const { sentBefore, state } = this.#deps.document;
    const { version, timestamp } = state.confirmed;
    const known = isReady ? { version, timestamp, compact: true } : {};
    const sent = state.inFlight && [...sentBefore, { clientId, seq: state.inFlight.seq }];
    const unanswered = sent && { unanswered: sent.slice(-UNANSWERED_MAX) };
    const self = { ...(name !== undefined && { name }), ...(color !== undefined && { color }) };
    const credential = { ...(token !== undefined && { token }), ...(link !== undefined && { link }) };
    return { type: 'join', clientId, ...known, ...unanswered, ...credential, ...self };
  }
}
