/** The roles of a document, the most powerful first. Apart from the schemas, because browsers load this. */
export const ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const;

/** What somebody may do with a document. */
export type Role = (typeof ROLES)[number];
