import type { DocumentSession } from '../../shared/client/document-session.ts';
import { openDocument } from '../../shared/client/node.ts';
import { mayEdit } from '../../shared/protocol/roles.ts';

const TYPED = 'word';

/** Somebody with a document open in the product's own client, who types as long as they may. */
export class Member {
  readonly session: DocumentSession;
  #ownsWord = false;

  private constructor(session: DocumentSession) {
    this.session = session;
  }

  /** Joins by the address, or by the secret of a share link. */
  static async join(socketUrl: string, name: string, secret?: string): Promise<Member> {
    const session = openDocument(socketUrl, { name, ...(secret !== undefined && { link: { secret } }) });
    await session.whenReady();
    return new Member(session);
  }

  get userId(): string {
    return this.session.self?.user.id ?? '';
  }

  /** Types a word in front of the text, or takes as much away, so that the document stays as long as it is. */
  type(): void {
    const { role } = this.session.self ?? {};
    if (this.session.status.kind === 'refused' || !mayEdit(role)) return;
    if (this.#ownsWord) this.session.delete(0, TYPED.length);
    else this.session.insert(0, TYPED);
    this.#ownsWord = !this.#ownsWord;
  }

  /** Resolves with the time of `performance.now()` at which the client hears that it is only a viewer now. */
  hearsOfViewing(): Promise<number> {
    return new Promise((resolve) => {
      this.session.on('role', (role) => {
        if (role === 'viewer') resolve(performance.now());
      });
    });
  }

  /** The same, that it is shut out. */
  hearsOfEnd(): Promise<number> {
    return new Promise((resolve) => {
      this.session.on('status', (status) => {
        if (status.kind === 'refused' && status.reason === 'access_removed') resolve(performance.now());
      });
    });
  }
}
