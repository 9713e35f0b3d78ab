// What a role is and what it allows. Apart from the schemas in fields.ts and http.ts, because browsers load this.

/** The roles on a document, from the most to the least; each may do what the ones behind it may. */
export const ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What a share link may make of somebody. */
export const LINK_ROLES = ['editor', 'commenter', 'viewer'] as const satisfies readonly Role[];
export type LinkRole = (typeof LINK_ROLES)[number];

/** What the bare address of a document may give to everybody who has it. */
export const LINK_ACCESS = ['none', 'view', 'comment', 'edit'] as const;
export type LinkAccess = (typeof LINK_ACCESS)[number];

/** The role that each link access gives. */
export const ROLE_BY_LINK_ACCESS: Readonly<Record<LinkAccess, LinkRole | undefined>> = {
  none: undefined,
  view: 'viewer',
  comment: 'commenter',
  edit: 'editor',
};

/** Whether `role` may do all that `least` may. */
export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(least);
}

/** Whether somebody with that role, or with none, may change the text. */
export function mayEdit(role: Role | undefined): boolean {
  return role !== undefined && isAtLeast(role, 'editor');
}
