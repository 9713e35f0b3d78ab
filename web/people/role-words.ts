import { mayEdit, ROLE_BY_LINK_ACCESS, type LinkAccess, type Role } from '../../shared/protocol/roles.ts';
import { isolated } from '../../shared/isolated.ts';
import { peopleWords as words } from '../words/en/people.ts';
import { inAlternatives } from '../words/formats.ts';

/** What the notice for readers depends on. */
export interface ReaderStatus {
  readonly role: Role | undefined;
  readonly linkAccess: LinkAccess | undefined;
  /** The right to write was taken away a moment ago. */
  readonly isDemoted: boolean;
  /** The names of the owners, as far as they are known. */
  readonly owners: readonly string[];
}

/** Why somebody can read but not write, and what they can do about it. */
export function readerWords({ role, linkAccess, isDemoted, owners }: ReaderStatus): { why: string; advice: string } {
  const isCommenter = role === 'commenter';
  const isByLink =
    role !== undefined && !mayEdit(role) && linkAccess !== undefined && ROLE_BY_LINK_ACCESS[linkAccess] === role;
  const why = isDemoted
    ? words[isCommenter ? 'nowCommenter' : 'nowViewer']
    : isByLink
      ? words.linkWhy
      : words[isCommenter ? 'commenterWhy' : 'viewerWhy'];
  const whom = owners.length === 0 ? words.anOwner : inAlternatives(owners.map(isolated));
  return { why, advice: words.askFor(whom) };
}
