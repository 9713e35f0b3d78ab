import { DocumentSession, type DocumentSessionOptions } from './document-session.ts';
import type { Outbox } from './outbox/outbox.ts';

export interface AbandonedOutboxesDeps {
  /** Of the sessions; each gets an outbox of its own. */
  readonly options: Omit<DocumentSessionOptions, 'outbox' | 'clientId'>;
  /** An outbox that takes over what a tab left unsent, except these slots; its `open` rejects if nothing is left. */
  readonly openOutbox: (except: ReadonlySet<string>) => Outbox;
}

/**
 * Sends what several crashed tabs left unsent, one after the other, each by a short session under the clientId that it was typed
 * under. The server then recognises what had reached it already, so everything arrives exactly once; merging the records into one
 * client would lose that knowledge. What is refused stays in its outbox. Ends when the page is left. Resolves with how many were
 * sent.
 */
export async function sendAbandonedOutboxes({ options, openOutbox }: AbandonedOutboxesDeps): Promise<number> {
  const tried = new Set<string>();
  let opening: Outbox | undefined;
  let isLeft = false;
  const stopListening = options.pageLifecycle?.onLeave?.(() => {
    isLeft = true;
    opening?.letGo?.();
  });
  for (let sent = 0; ; sent += 1) {
    const outbox = openOutbox(tried);
    opening = outbox;
    const claim = isLeft ? undefined : await outbox.open().catch(() => undefined);
    opening = undefined;
    if (claim === undefined) {
      stopListening?.();
      return sent;
    }
    tried.add(claim.slot);
    const session = new DocumentSession({ ...options, outbox: { ...delegate(outbox), open: async () => claim } });
    session.connect();
    try {
      await session.whenSaved();
    } catch {
      sent -= 1;
    }
    await session.leave();
  }
}

function delegate(outbox: Outbox): Omit<Outbox, 'open'> {
  return {
    save: (record, base) => outbox.save(record, base),
    note: (backup) => outbox.note?.(backup) === true,
    clear: () => outbox.clear(),
    rename: (clientId) => outbox.rename?.(clientId),
    close: () => outbox.close(),
    letGo: () => outbox.letGo?.(),
  };
}
