import type { APIRequestContext, APIResponse } from '@playwright/test';
import type { Answer } from './writer.ts';

export type Role = 'owner' | 'editor' | 'commenter' | 'viewer';

export interface DocumentFields {
  readonly title?: string;
  readonly content?: string;
  /** What people may do who have only the address. */
  readonly linkAccess?: 'none' | 'view' | 'comment' | 'edit';
}

/** Who makes the documents of a test and says who may do what there. They have no browser. */
export class DocumentOwner {
  /** The addresses of the documents, in the order in which they were made. */
  readonly documents: string[] = [];
  readonly #request: APIRequestContext;
  readonly #serverUrl: string;
  /** Documents that nobody may read by their address alone. */
  readonly #closed = new Set<string>();
  /** Who came without a role, as long as the address alone let them edit. */
  readonly #cameIn: { readonly documentUrl: string; readonly userId: string }[] = [];

  constructor(request: APIRequestContext, serverUrl: string) {
    this.#request = request;
    this.#serverUrl = serverUrl;
  }

  /** Makes a document; returns its address. */
  async make(fields: DocumentFields): Promise<string> {
    const { id } = await this.#send<{ id: string }>('POST', '/api/documents', fields);
    this.documents.push(`${this.#serverUrl}/d/${id}`);
    return this.documents.at(-1)!;
  }

  /**
   * Lets somebody in. The first who has a role closes the document for all who have none by name: an address that lets everybody edit
   * would make an editor of a viewer. Whoever came before, and whoever comes later without a role, is an editor by name then.
   */
  async admit(documentUrl: string, userId: string, role?: Role): Promise<void> {
    if (!this.documents.includes(documentUrl)) {
      if (role === undefined) return;
      throw new Error(`Nobody can be given a role on ${documentUrl}, because openDocument did not make it`);
    }
    if (role === undefined && !this.#closed.has(documentUrl)) {
      this.#cameIn.push({ documentUrl, userId });
      return;
    }
    if (!this.#closed.has(documentUrl)) {
      this.#closed.add(documentUrl);
      const before = this.#cameIn.filter((one) => one.documentUrl === documentUrl);
      for (const one of before) await this.#setRole(documentUrl, one.userId, 'editor');
      await this.#send('PATCH', apiOf(documentUrl), { linkAccess: 'none' });
    }
    await this.#setRole(documentUrl, userId, role ?? 'editor');
  }

  /** The secret of a share link, for those whom a cookie does not reach: typists without a browser, and hosts' pages. */
  async invite(documentUrl: string, role: Exclude<Role, 'owner'>): Promise<string> {
    const { secret } = await this.#send<{ secret: string }>('POST', `${apiOf(documentUrl)}/links`, { role });
    return secret;
  }

  async get(address: string): Promise<Answer> {
    const answer = await this.#request.get(address);
    return { status: answer.status(), headers: answer.headers(), text: await answer.text() };
  }

  /** Every change of a document, from the first. */
  async changes(documentUrl: string): Promise<unknown[]> {
    const changes: unknown[] = [];
    for (let after: number | undefined = 0; after !== undefined;) {
      const query = `${apiOf(documentUrl)}/changes?limit=1000&after=${after}`;
      const page: { changes: unknown[]; next?: number } = await bodyOf(await this.#request.get(query));
      changes.push(...page.changes);
      after = page.next;
    }
    return changes;
  }

  async #setRole(documentUrl: string, userId: string, role: Role): Promise<void> {
    await this.#send('PUT', `${apiOf(documentUrl)}/members/${encodeURIComponent(userId)}`, { role });
  }

  async #send<T>(method: string, address: string, data: object): Promise<T> {
    return bodyOf<T>(await this.#request.fetch(address, { method, data }));
  }
}

function apiOf(documentUrl: string): string {
  return new URL(`../api/documents/${new URL(documentUrl).pathname.split('/').at(-1)}`, documentUrl).href;
}

async function bodyOf<T>(answer: APIResponse): Promise<T> {
  if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
