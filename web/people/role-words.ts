import { mayEdit, ROLE_BY_LINK_ACCESS, type LinkAccess, type Role } from '../../shared/protocol/roles.ts';
import { listed } from '../../shared/isolated.ts';

/** What the notice for readers depends on. */
export interface ReaderStatus {
  readonly role: Role | undefined;
  readonly linkAccess: LinkAccess | undefined;
  /** The right to write was taken away a moment ago. */
  readonly isDemoted: boolean;
  /** The names of the owners, as far as they are known. */
  readonly owners: readonly string[];
}

/** Why somebody may read but not write, and what they can do about it. */
export function readerWords({ role, linkAccess, isDemoted, owners }: ReaderStatus): { why: string; advice: string } {
  const noun = role === 'commenter' ? 'a commenter' : 'a viewer';
  const isByAddress =
    role !== undefined && !mayEdit(role) && linkAccess !== undefined && ROLE_BY_LINK_ACCESS[linkAccess] === role;
  const why = isDemoted
    ? `Your role was changed: you are ${noun} now and cannot change the text any more.`
    : isByAddress
      ? 'Whoever has the address of this document may read it, not change it.'
      : `You are ${noun} of this document: you see what others write, and cannot change it.`;
  const whom = owners.length === 0 ? 'its owner' : listed(owners, 'disjunction');
  return { why, advice: `Ask ${whom} to let you write, or go on in a copy of your own.` };
}
