import type { AccessRefusal, Authority } from '../stores/access-catalogue.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Requester } from '../access/identity.ts';

/**
 * The refusal for a change of access that was not made. `thing` is the word for what is unknown, or of which there are too many.
 */
export function accessRefusal(refusal: AccessRefusal, thing: string): RefusalError {
  switch (refusal) {
    case 'unknown':
      return new RefusalError('not_found', `There is no such ${thing}`);
    case 'forbidden':
      return new RefusalError('forbidden', 'You do not own the document any more');
    case 'last_owner':
      return new RefusalError('last_owner', 'A document has at least one owner; make somebody else one first');
    case 'full':
      return new RefusalError('bad_message', `The document has as many ${thing}s as it may`);
  }
}

/** On whose authority the requester changes access: their own, unless their token grants the role. */
export function authorityOf(requester: Requester | undefined): Authority {
  return requester?.token?.grants === undefined ? { owner: requester?.id } : {};
}
