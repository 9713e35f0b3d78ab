import type { Problem } from '../events/session-status.ts';
import type { Transport } from './transport.ts';

/** HTTP statuses of refused upgrades, and the close codes that mean the same. */
const CLOSE_BY_STATUS: Readonly<Record<number, number>> = {
  400: 4400,
  401: 4401,
  403: 4403,
  404: 4404,
  426: 4426,
  429: 4429,
  503: 1013,
};

/** The close code that means the same as the HTTP status of a refused upgrade; undefined if there is none. */
export function closeCodeOf(status: number | undefined): number | undefined {
  return status === undefined ? undefined : CLOSE_BY_STATUS[status];
}

/** What the server says over HTTP to a client whose upgrade was refused. */
export interface Explanation {
  /** The answer to a request that is refused for the same reasons. */
  readonly status: number;
  /** Why else an upgrade would be refused. */
  readonly problem?: Problem | undefined;
}

/**
 * A browser does not tell a page why an upgrade was refused. If a connection never opened, this asks once more over HTTP; `ask`
 * rejects if there is no answer.
 */
export function explainRefusals(transport: Transport, ask: () => Promise<Explanation>): Transport {
  return {
    connect(handlers) {
      let hasOpened = false;
      return transport.connect({
        ...handlers,
        onOpen: () => {
          hasOpened = true;
          handlers.onOpen();
        },
        onClose: (code, reason) => {
          if (hasOpened) return handlers.onClose(code, reason);
          void ask().then(
            ({ status, problem }) => handlers.onClose(closeCodeOf(status) ?? code, reason, problem),
            () => handlers.onClose(code, reason),
          );
        },
      });
    },
  };
}
