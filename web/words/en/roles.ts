import type { Role } from '../../../shared/protocol/roles.ts';
import { inLanguage } from '../words.ts';

/** Who can do what. */
export const roleWords = inLanguage('roles', {
  /** A role by itself, as in a list of choices. */
  owner: 'Owner',
  editor: 'Editor',
  commenter: 'Commenter',
  viewer: 'Viewer',
  /** What a role can do, after a colon or by itself in a list. */
  ownerCan: 'can read, write, share and delete',
  editorCan: 'can read and write',
  commenterCan: 'can read and comment',
  viewerCan: 'can read',
  /** What anyone with the link can do, as choices. */
  none: 'Cannot open it',
  view: 'Can read',
  comment: 'Can read and comment',
  edit: 'Can read and write',
});

/** What a role can do. */
export function roleCan(role: Role): string {
  return roleWords[`${role}Can`];
}
