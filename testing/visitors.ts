import type { Role } from '../shared/protocol/roles.ts';
import { JWT_SECRET, signToken } from './token-maker.ts';
import { Stranger, type Answer } from './stranger.ts';

/** Settings of a server that accepts the tokens of these visitors. */
export const VISITOR_SETTINGS = { WEFT_JWT_SECRET: JWT_SECRET };

/** A document with everything on it that a visitor may be forbidden to change. */
export interface Premises {
  readonly id: string;
  /** `/api/documents/ID`. */
  readonly url: string;
  readonly owner: Stranger;
  /** The address of the server. */
  readonly base: string;
  /** Of a share link that makes viewers. */
  readonly secret: string;
  readonly linkId: string;
}

/** How somebody comes to a server, and the role they must have there. */
export interface Visitor {
  readonly name: string;
  readonly role: Role | undefined;
  readonly linkAccess?: 'view' | 'comment' | 'edit';
  /** Has the role by a token that names documents. */
  readonly isGranted?: true;
  readonly isTrashed?: true;
  /** May do what owners may do to a document in the trash. */
  readonly ownsTrash?: true;
  /** Has a role by name or by link, which they can give up. */
  readonly canLeave?: true;
  /** Returns the headers that identify them. */
  arrive(premises: Premises): Promise<Record<string, string>>;
}

const later = (): number => Math.floor(Date.now() / 1000) + 3600;

async function bearer(sub: string, documents?: readonly object[]): Promise<Record<string, string>> {
  const claims = { sub, name: sub, aud: 'weft', exp: later(), ...(documents !== undefined && { documents }) };
  return { authorization: `Bearer ${await signToken(claims)}` };
}

/** Somebody with a session, to whom the owner has given a role by name. */
function byName(role: Role): Visitor {
  return {
    name: `a member who is ${role}`,
    role,
    canLeave: true,
    arrive: async (premises) => {
      const guest = await Stranger.guest(premises.base);
      await must(premises.owner.send('PUT', `${premises.url}/members/${await userIdOf(guest)}`, { role }));
      return { cookie: guest.cookie! };
    },
  };
}

function byGrant(role: Role): Visitor {
  return {
    name: `a token that grants ${role}`,
    role,
    isGranted: true,
    arrive: ({ id }) => bearer(`granted-${role}`, [{ id, role }]),
  };
}

function byAddress(linkAccess: 'view' | 'comment' | 'edit', role: Role): Visitor {
  const guest = async ({ base }: Premises) => ({ cookie: (await Stranger.guest(base)).cookie! });
  return { name: `a stranger where the link gives ${linkAccess}`, role, linkAccess, arrive: guest };
}

/** Every kind of visitor. */
export const VISITORS: readonly Visitor[] = [
  { name: 'whoever made it', role: 'owner', arrive: async ({ owner }) => ({ cookie: owner.cookie! }) },
  byName('owner'),
  byName('editor'),
  byName('commenter'),
  byName('viewer'),
  {
    name: 'somebody who came by a share link',
    role: 'viewer',
    canLeave: true,
    arrive: async ({ base, url, secret }) => {
      const guest = await Stranger.guest(base);
      await must(guest.send('POST', `${url}/links/redeem`, { secret }));
      return { cookie: guest.cookie! };
    },
  },
  byAddress('view', 'viewer'),
  byAddress('comment', 'commenter'),
  byAddress('edit', 'editor'),
  { name: 'nobody where the link gives edit', role: 'editor', linkAccess: 'edit', arrive: async () => ({}) },
  {
    name: 'a stranger',
    role: undefined,
    arrive: async ({ base }) => ({ cookie: (await Stranger.guest(base)).cookie! }),
  },
  { name: 'nobody', role: undefined, arrive: async () => ({}) },
  byGrant('owner'),
  byGrant('editor'),
  byGrant('viewer'),
  {
    name: 'a token that grants another document',
    role: undefined,
    linkAccess: 'edit',
    isGranted: true,
    arrive: () => bearer('granted-elsewhere', [{ id: 'another', role: 'owner' }]),
  },
  { name: 'the account of a stranger', role: undefined, arrive: () => bearer('a-stranger') },
  {
    name: 'the account of a member',
    role: 'editor',
    canLeave: true,
    arrive: async ({ owner, url }) => {
      await must(owner.send('PUT', `${url}/members/a-member`, { role: 'editor' }));
      return bearer('a-member');
    },
  },
  {
    name: 'whoever made it, in the trash',
    role: undefined,
    isTrashed: true,
    ownsTrash: true,
    arrive: async ({ owner }) => ({ cookie: owner.cookie! }),
  },
  { name: 'nobody, in the trash', role: undefined, linkAccess: 'edit', isTrashed: true, arrive: async () => ({}) },
];

/** Makes a document for a visitor, and returns it with the visitor's headers. */
export async function receive(
  visitor: Visitor,
  base: string,
  owner: Stranger,
): Promise<Premises & { headers: Record<string, string> }> {
  const { linkAccess = 'none', isTrashed } = visitor;
  const id = await owner.makeDocument({ title: 'Premises', content: 'text', linkAccess });
  const url = `/api/documents/${id}`;
  await must(owner.send('PUT', `${url}/members/another-owner`, { role: 'owner' }));
  await must(owner.send('PUT', `${url}/members/somebody`, { role: 'viewer' }));
  const { json } = await must(owner.send('POST', `${url}/links`, { role: 'viewer' }));
  const premises = { id, url, owner, base, secret: json!['secret'] as string, linkId: json!['id'] as string };
  const headers = await visitor.arrive(premises);
  if (isTrashed) await must(owner.send('DELETE', url));
  return { ...premises, headers };
}

/** Everything about a document that somebody might have changed. */
export async function stateOf({ owner, id, url }: Premises): Promise<unknown> {
  const [body, content, access, trash] = [
    await owner.get(url),
    await owner.get(`${url}/content`),
    await owner.get(`${url}/access`),
    await owner.get('/api/documents?trash=true&limit=200'),
  ];
  // What lists show of texts comes some time after them.
  const trashed = (trash.json!['documents'] as { id: string; trashedAt: number }[]).flatMap((document) =>
    document.id === id ? document.trashedAt : [],
  );
  return { body: body.json, text: content.text, version: content.headers.get('etag'), access: access.json, trashed };
}

export async function userIdOf(who: Stranger): Promise<string> {
  return ((await who.get('/api/session')).json!['user'] as { id: string }).id;
}

async function must(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  if (got.status >= 300) throw new Error(`${got.status} ${got.text}`);
  return got;
}
