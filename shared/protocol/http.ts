/**
 * The bodies of the HTTP routes (docs/protocol.md, section 5), used by the routes and for OpenAPI. Written with full zod,
 * because only the server loads it; browsers import the types alone.
 */
import { z } from 'zod';
import { operationSchema } from './document-messages.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { clientIdSchema, colorSchema, documentIdSchema, roleSchema, userNameSchema, userSchema } from './fields.ts';
import { LINK_ACCESS, LINK_ROLES } from './roles.ts';
import { redeemLinkSchema } from './session-messages.ts';

const version = z.int().nonnegative();
/** Milliseconds since 1970. */
const timestamp = z.int().nonnegative();

/** A number in a query, written in digits. An empty value is refused; it is not zero. */
function inQuery<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value), schema);
}

/** The most UTF-16 units that one character has. */
const UNITS_PER_CHARACTER = 2;

/** 1 to `maximum` characters on one line. The length is checked first: on millions of characters a pattern overflows the stack. */
function line(maximum: number, error: string) {
  return z
    .string()
    .trim()
    .max(maximum * UNITS_PER_CHARACTER, { error, abort: true })
    .regex(new RegExp(`^[^\\p{Cc}\\p{Cs}\\u2028\\u2029]{1,${maximum}}$`, 'u'), { error, abort: true });
}

const TITLE_RULE = 'A title has 1 to 200 characters on one line, something to see among them';
export const titleSchema = line(200, TITLE_RULE).regex(/[^\s\p{Cf}]/u, TITLE_RULE);
export const linkAccessSchema = z.enum(LINK_ACCESS);

/** The id of a guest, or of the user of a token. */
export const userIdSchema = z.string().regex(/^[\w.:@|+=/~-]{1,128}$/);

/** Every refusal of the HTTP interface. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Beside `not_found`, for owners: the document is in the trash. */
    trashed: z.literal(true).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

export const sessionRequestSchema = z.object({ name: z.optional(userNameSchema), color: z.optional(colorSchema) });
export const sessionSchema = z.object({ user: userSchema });
export type SessionBody = z.infer<typeof sessionSchema>;

export const documentIdParamsSchema = z.object({ id: documentIdSchema });

export const createDocumentSchema = z.object({
  title: titleSchema.optional(),
  content: z.string().optional(),
  linkAccess: linkAccessSchema.optional(),
});
export const updateDocumentSchema = z.object({
  title: titleSchema.optional(),
  linkAccess: linkAccessSchema.optional(),
  /** `null`: pages of all origins that the server allows may embed it; else only those of the list, and those only as far as the server allows. */
  embedOrigins: z.array(z.string().max(300)).nullable().optional(),
  /** `false` restores the document from the trash. */
  trashed: z.literal(false).optional(),
});
export const documentSchema = z.object({
  id: z.string(),
  /** Its name; while it has none, what its text begins with (`headingOf`), and `Untitled` where that is nothing. */
  title: z.string(),
  /** Whether somebody named it. Until then its title follows the text. */
  isNamed: z.boolean(),
  /** Whether the caller watches it. */
  isWatched: z.boolean(),
  version,
  role: roleSchema,
  linkAccess: linkAccessSchema,
  createdAt: timestamp,
  updatedAt: timestamp,
  trashedAt: timestamp.optional(),
  /** Who has it open now, at most eight of the `presentCount` users. */
  present: z.array(userSchema),
  presentCount: z.int(),
  /** Only in the answer about a single document. */
  owners: z.array(userSchema).optional(),
  /** Only there, and to owners: whose pages may embed it. */
  embedOrigins: z.array(z.string()).nullable().optional(),
});
export type DocumentBody = z.infer<typeof documentSchema>;

/** Which documents a list has. Without `show` it has those that the caller owns or is a member of. */
export const SHOWN = ['all', 'mine', 'shared', 'watched', 'bin'] as const;
/** What a list is sorted by: the last changed, last opened or newest first; titles from A on. */
export const SORTS = ['edited', 'opened', 'title', 'created'] as const;

export const listDocumentsQuerySchema = z.object({
  /** The `next` of a page that was asked for with the same `q`, `show` and `sort`. */
  cursor: z.string().max(2000).optional(),
  limit: inQuery(z.int().min(1).max(200).default(50)),
  /** Words that must all occur in the title or the text, in any order. */
  q: z.string().trim().min(1).max(200).optional(),
  /**
   * `all`: those one can open as a member, by a link that one redeemed, or by link access where one has opened or watched them;
   * `mine`: those one owns; `shared`: all others of `all`; `watched`: those of `all` that one watches; `bin`: those one owns in the trash.
   */
  show: z.enum(SHOWN).optional(),
  sort: z.enum(SORTS).default('edited'),
  /** The older word for `show=bin`; `show` counts where both are given. */
  trash: z.enum(['true', 'false', '1', '0']).optional(),
});

/** Where words were found: places in `text`, in UTF-16 units, from (inclusive) to (exclusive), in order and apart from each other. */
const matchSchema = z.object({
  /** Whether `text` is the title, or an excerpt of the document's text on one line, as a rule without marks. */
  in: z.enum(['title', 'text']),
  text: z.string(),
  ranges: z.array(z.tuple([z.int(), z.int()])),
});
export type MatchBody = z.infer<typeof matchSchema>;

/** A document in a list. */
export const listedDocumentSchema = documentSchema.extend({
  /** What the text says after its heading, plain and on one line, at most 160 UTF-16 units; seconds old at most. */
  snippet: z.string(),
  /** When the caller was last there; absent if never. */
  openedAt: timestamp.optional(),
  /** What others changed since the caller was last there; absent where that is nothing, and for whoever was never there. */
  unseen: z.object({ changes: z.int().positive(), by: z.array(userSchema).max(3) }).optional(),
  /** Who made the last change; absent where the text never changed. */
  editedBy: z.optional(userSchema),
  /** Only with `q`. */
  match: matchSchema.optional(),
});
export type ListedDocumentBody = z.infer<typeof listedDocumentSchema>;
export const documentListSchema = z.object({ documents: z.array(listedDocumentSchema), next: z.string().optional() });
export type DocumentListBody = z.infer<typeof documentListSchema>;

/** `POST /api/documents/:id/copy`. Without `title` the copy is called like the document, or is as unnamed. */
export const copyDocumentSchema = z.object({
  title: titleSchema.optional(),
  linkAccess: linkAccessSchema.optional(),
});

/** Why a page of an origin may not do something with a document. */
export const EMBEDDING_REFUSALS = [
  /** `WEFT_ORIGINS` does not name the origin. */
  'server_setting',
  /** `WEFT_ORIGINS` is not set, and nobody may frame the pages of the server until it is. */
  'frames_off',
  /** The owner narrowed it. */
  'document_setting',
  /** The page is loaded over TLS, and the server is not. */
  'insecure_server',
  /** The server takes no guests. */
  'guests_off',
  /** The document is closed to whoever only has its link. */
  'link_access_none',
] as const;
export type EmbeddingRefusalCode = (typeof EMBEDDING_REFUSALS)[number];

export const embeddingQuerySchema = z.object({ origin: z.string().max(300) });
const embeddingVerdictSchema = z.object({
  allowed: z.boolean(),
  reason: z.object({ code: z.enum(EMBEDDING_REFUSALS), message: z.string() }).optional(),
});
/** `GET /api/documents/:id/embedding`: what a page of an origin may do with a document. */
export const embeddingSchema = z.object({
  /** As browsers write it. */
  origin: z.string(),
  /** The element, and whatever else uses `/api` and `/live` from the page itself. */
  element: embeddingVerdictSchema,
  frame: embeddingVerdictSchema,
  /** Visitors of the page for whom it has no token; `role` is what they become. */
  guests: embeddingVerdictSchema.extend({ role: z.optional(roleSchema) }),
});
export type EmbeddingBody = z.infer<typeof embeddingSchema>;

/** `GET /api/oembed`, as oembed.com says. */
export const oembedQuerySchema = z.object({
  url: z.string().max(2000),
  format: z.string().default('json'),
  maxwidth: inQuery(z.int().positive().optional()),
  maxheight: inQuery(z.int().positive().optional()),
});
export const oembedSchema = z.object({
  version: z.literal('1.0'),
  type: z.literal('rich'),
  title: z.string(),
  provider_name: z.string(),
  provider_url: z.string(),
  cache_age: z.int(),
  html: z.string(),
  width: z.int(),
  height: z.int(),
});

/** `GET /api/documents/:id/people`: those whom an owner may want to add. */
export const peopleQuerySchema = z.object({
  /** A part of the name; without it, those who were here last. */
  q: z.string().trim().max(100).optional(),
});
export const peopleSchema = z.object({
  /** At most 20, the last seen first; none of them is a member. */
  people: z.array(
    z.object({
      user: userSchema,
      /** When they were last in this document; absent where one knows them from others only. */
      lastSeenAt: timestamp.optional(),
    }),
  ),
});
export type PeopleBody = z.infer<typeof peopleSchema>;

/** The role that a share link gives. */
export const linkRoleSchema = z.enum(LINK_ROLES);
const linkNameSchema = line(100, 'A name has 1 to 100 characters on one line');

export const memberParamsSchema = z.object({ id: documentIdSchema, userId: userIdSchema });
export const setMemberSchema = z.object({ role: roleSchema });
export const memberSchema = z.object({ user: userSchema, role: roleSchema, addedAt: timestamp });
export type MemberBody = z.infer<typeof memberSchema>;

export const linkParamsSchema = z.object({ id: documentIdSchema, linkId: z.string() });
export const createLinkSchema = z.object({
  role: linkRoleSchema,
  name: linkNameSchema.optional(),
  /** When the link stops giving access. */
  expiresAt: timestamp.optional(),
  password: redeemLinkSchema.shape.password,
});
export const shareLinkSchema = z.object({
  id: z.string(),
  role: linkRoleSchema,
  name: z.string().optional(),
  expiresAt: timestamp.optional(),
  hasPassword: z.boolean(),
  createdAt: timestamp,
  /** Exact to a minute. */
  lastUsedAt: timestamp.optional(),
  /** How many users have redeemed it. */
  uses: z.int(),
  /** For the address `/d/:id#link=SECRET`. */
  secret: z.string(),
});
export type ShareLinkBody = z.infer<typeof shareLinkSchema>;
export const accessSchema = z.object({
  linkAccess: linkAccessSchema,
  members: z.array(memberSchema),
  links: z.array(shareLinkSchema),
});
export type AccessBody = z.infer<typeof accessSchema>;
export const redeemedSchema = z.object({ document: documentSchema });
export type RedeemedBody = z.infer<typeof redeemedSchema>;

export const contentQuerySchema = z.object({ version: inQuery(version.optional()) });

export const submitOperationsSchema = z.object({
  clientId: z.optional(clientIdSchema),
  seq: z.int().positive().optional(),
  version,
  operations: z.array(z.unknown()),
});
export const committedSchema = z.object({ version, timestamp });
export type CommittedBody = z.infer<typeof committedSchema>;

export const changesQuerySchema = z.object({
  after: inQuery(version.default(0)),
  limit: inQuery(z.int().min(1).max(1000).default(100)),
});
export const changesSchema = z.object({
  changes: z.array(z.object({ version, timestamp, operations: z.array(operationSchema), userId: z.string() })),
  /** The `after` of the next page. */
  next: z.int().optional(),
});
