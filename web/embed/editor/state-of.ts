import type { SessionStatus } from '../../../shared/client/events/session-status.ts';
import type { EmbedCode, EmbedState } from '../contract.ts';

/** Where an embedded editor stands. One that has left its document is not connected, as if it had no network. */
export function stateOf(status: SessionStatus | undefined): EmbedState {
  if (status === undefined) return 'connecting';
  return status.kind === 'left' ? 'offline' : status.kind;
}

/** Why it stopped, or cannot be saved now. */
export function codeOf(status: SessionStatus): EmbedCode | undefined {
  if (status.kind === 'refused') return status.reason;
  if (status.kind === 'left') return 'left';
  return 'problem' in status ? status.problem?.code : undefined;
}
