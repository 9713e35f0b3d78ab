import type { RefusalReason } from '../../../shared/client/events/session-status.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { statusWords } from '../../words/en/status.ts';

/** Why a session stopped, as far as it matters to a person. */
export type Stop = keyof (typeof statusWords)['stopped'];

const STOPS: Partial<Record<RefusalReason, Stop>> = {
  access_removed: 'accessEnded',
  forbidden: 'readOnly',
  not_found: 'deleted',
  taken_over: 'elsewhere',
  client_taken: 'signedOut',
  unauthenticated: 'signedOut',
  client_too_old: 'outdated',
  bad_client: 'outdated',
  bad_message: 'outdated',
  document_too_large: 'tooLarge',
};

/**
 * What a reason comes to for somebody with that role; anything else is a change that was not taken. What an owner had open and is
 * gone lies in the bin: nothing is deleted but from there.
 */
export function stopOf(reason: RefusalReason, role?: Role): Stop {
  if (reason === 'not_found' && role === 'owner') return 'binned';
  return STOPS[reason] ?? 'notTaken';
}
