import type { AccessRefusal, Authority } from '../stores/access-catalogue.ts';
import { RefusalError } from '../base/refusal.ts';
import type { Requester } from '../access/requester.ts';

/** Why access was not changed, as the caller hears it; `thing` is what there is no such, or no more of. */
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

/** On whose authority a viewer changes access: their own, unless their token says what they are. */
export function authorityOf(requester: Requester | undefined): Authority {
  return requester?.token?.grants === undefined ? { owner: requester?.id } : {};
}
