import { base, type VisitOptions } from './base.ts';
import type { Role } from './document-owner.ts';
import type { Person } from './person.ts';

/** What the page of a host is made from. */
export interface EmbeddedVisitor {
  readonly name: string;
  readonly documentId: string;
  /** The server's origin. */
  readonly server: string;
  readonly mode: 'edit' | 'view';
  /** The secret of a share link that gives the role that `join` was told; absent without one. */
  readonly link?: string;
}

export interface JoinOptions extends VisitOptions {
  /** The document; by default the first that `openDocument` made, or a new one. */
  readonly url?: string;
  /** What they may do. Without it they are editors. */
  readonly role?: Role;
  /** `view`: they can read and not type. On our own page that is the role of a viewer; a host's page is told the mode. */
  readonly mode?: 'edit' | 'view';
  /**
   * The page of a host that embeds the editor: its address, or a function that makes its HTML, which is served from an origin of
   * another site that may embed. The kit finds the editor in the page, in its open shadow roots and in its frames.
   */
  readonly embed?: string | ((documentUrl: string, visitor: EmbeddedVisitor) => string);
}

interface People {
  /** Opens a browser for somebody with that name, on an empty page. */
  visit: (name: string, options?: VisitOptions) => Promise<Person>;
  /** `visit`, then opens a document. */
  join: (name: string, options?: JoinOptions) => Promise<Person>;
}

/**
 * Tests with several people:
 *
 *     test('two people', async ({ join }) => {
 *       const [mina, joon] = [await join('Mina'), await join('Joon')];
 *       await Promise.all([mina.type('hello'), joon.type('world')]);
 *       await expect([mina, joon]).toConverge();
 *     });
 *
 * Also fails when a page writes an error to the console, throws, or breaks its content security policy, unless the test
 * allows it: `person.log.allow(/…/)`. After a failure, the change log of each document, what everybody had, what the server and the
 * pages wrote, and the seed are attached to the report.
 */
export const test = base.extend<People>({
  visit: async ({ visitByPlaywright }, use) => use(visitByPlaywright),

  join: async ({ visit, openDocument, owner, hostPages, weft }, use) => {
    await use(async (name, { url, role, mode = 'edit', embed, ...options } = {}) => {
      const person = await visit(name, options);
      const documentUrl = url ?? owner.documents[0] ?? (await openDocument());
      const given = role ?? (mode === 'view' && embed === undefined ? 'viewer' : undefined);
      await owner.admit(documentUrl, await userIdOf(person), given);
      if (embed === undefined) {
        await person.open(documentUrl);
      } else if (typeof embed === 'string') {
        await person.openAt(embed, documentUrl);
      } else {
        const documentId = new URL(documentUrl).pathname.split('/').at(-1)!;
        const invited = role === undefined || role === 'owner' ? {} : { link: await owner.invite(documentUrl, role) };
        const html = embed(documentUrl, { name, documentId, server: weft.url, mode, ...invited });
        await person.openAt(hostPages.add(html), documentUrl);
      }
      return person;
    });
  },
});

async function userIdOf(person: Person): Promise<string> {
  const { status, text } = await person.get('/api/session');
  if (status !== 200) throw new Error(`GET /api/session was answered by ${status}: ${text}`);
  return (JSON.parse(text) as { user: { id: string } }).user.id;
}
