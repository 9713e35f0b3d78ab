import type { DocumentSession } from '../../../shared/client/document-session.ts';
import { mayEdit } from '../../../shared/protocol/roles.ts';

/** False for readers, and if the server would refuse what is typed: nothing is accepted that will be dropped. */
export function canWrite({ status, self }: DocumentSession): boolean {
  if (status.kind === 'left' || (status.kind === 'refused' && status.reason !== 'document_too_large')) return false;
  return self === undefined || mayEdit(self.role);
}
