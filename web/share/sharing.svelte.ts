import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { DocumentBody } from '../../shared/protocol/http.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import { ApiError, updateDocument, messageOf } from '../app/api.ts';
import {
  createLink,
  readAccess,
  removeMember,
  revokeLink,
  setMember,
  type AccessBody,
  type LinkAccess,
  type LinkChanges,
  type NewShareLink,
  type ShareLinkBody,
} from '../links/sharing-api.ts';
import type { Person } from '../people/people.ts';

/** What sharing a document needs to know of the page that shows it. */
export interface SharedPage {
  readonly id: string;
  readonly title: string;
  /** As it was read last. */
  readonly record: Pick<DocumentBody, 'owners'> | undefined;
  readonly live: {
    /** One's own; undefined before the first join. */
    readonly role: Role | undefined;
    readonly people: readonly Person[];
    /** Edits that the server does not have. */
    readonly unsaved: number;
    readonly session: Pick<DocumentSession, 'self'>;
  };
}

/** What is known of the access. */
export type SharingState =
  | { readonly kind: 'loading' }
  /** One is an owner. */
  | { readonly kind: 'owned'; readonly access: AccessBody }
  /** One is not, and may look at what concerns oneself only. */
  | { readonly kind: 'not-owned' }
  | { readonly kind: 'failed'; readonly message: string };

/** Milliseconds between two reads while the dialog is open: others change roles and use links. */
const REFRESH = 10_000;

/** The access to one document, and changes of it. Methods that change something reject with ApiError. */
export class Sharing implements LinkChanges {
  readonly #id: string;
  #state = $state.raw<SharingState>({ kind: 'loading' });
  /** Counts reads and changes: an answer to an earlier read is outdated. */
  #turn = 0;

  constructor(documentId: string) {
    this.#id = documentId;
  }

  get state(): SharingState {
    return this.#state;
  }

  /** Reads the access. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const access = await readAccess(this.#id);
      if (turn === this.#turn) this.#state = { kind: 'owned', access };
    } catch (error) {
      if (turn !== this.#turn) return;
      const isRefused = error instanceof ApiError && (error.code === 'forbidden' || error.code === 'not_found');
      if (isRefused) this.#state = { kind: 'not-owned' };
      // What is shown already is worth more than an error.
      else if (this.#state.kind !== 'owned') this.#state = { kind: 'failed', message: messageOf(error) };
    }
  }

  /** Refreshes the access regularly; returns the function that ends it. */
  watch(): () => void {
    const timer = setInterval(() => void (this.#state.kind === 'owned' && this.load()), REFRESH);
    return () => clearInterval(timer);
  }

  /** One's own role has changed; undefined if it is not known. Only owners may read the access. */
  become(role: Role | undefined): void {
    if (role === undefined || role === 'owner') void this.load();
    else {
      this.#turn += 1;
      this.#state = { kind: 'not-owned' };
    }
  }

  /** What anybody who has the address may do. */
  async setLinkAccess(linkAccess: LinkAccess): Promise<void> {
    await this.#change(() => updateDocument(this.#id, { linkAccess }));
  }

  /** Adds somebody by their user id, or changes what they may do. */
  async setRole(userId: string, role: Role): Promise<void> {
    await this.#change(() => setMember(this.#id, userId, role));
  }

  /** Gives up one's own ownership. */
  async stepDown(ownId: string, role: Exclude<Role, 'owner'>): Promise<void> {
    await setMember(this.#id, ownId, role);
    this.become(role);
  }

  /** Makes somebody the owner, and oneself an editor. */
  async handOver(userId: string, ownId: string): Promise<void> {
    await this.setRole(userId, 'owner');
    await this.stepDown(ownId, 'editor');
  }

  async remove(userId: string): Promise<void> {
    await this.#change(() => removeMember(this.#id, userId));
  }

  async makeLink(link: NewShareLink): Promise<ShareLinkBody> {
    return this.#change(() => createLink(this.#id, link));
  }

  async revoke(linkId: string): Promise<void> {
    await this.#change(() => revokeLink(this.#id, linkId));
  }

  /** Reads again afterwards, also after a failure: then somebody else has changed something. */
  async #change<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      await this.load();
    }
  }
}
