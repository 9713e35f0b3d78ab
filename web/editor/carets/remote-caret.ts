import { StateEffect, StateField, type ChangeDesc } from '@codemirror/state';

/** Where somebody else is, in UTF-16 units of the visible text. */
export interface RemoteCaret {
  readonly sessionId: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly anchor: number;
  readonly head: number;
  /** Not there at the moment; drawn paler. */
  readonly isIdle: boolean;
  /** When they last came or moved, milliseconds of `performance.now()`. */
  readonly movedAt: number;
}

/** Replaces all remote carets. */
export const setRemoteCarets = StateEffect.define<readonly Omit<RemoteCaret, 'movedAt'>[]>();

/** The session on whose caret the pointer rests, if any. */
export const pointAt = StateEffect.define<string | undefined>();

/** The carets of others. Between two messages they are carried through every change of the text. */
export const remoteCarets = StateField.define<readonly RemoteCaret[]>({
  create: () => [],
  update(carets, transaction) {
    let next = transaction.docChanged ? carets.map((caret) => carryCaret(caret, transaction.changes)) : carets;
    for (const effect of transaction.effects) {
      if (effect.is(setRemoteCarets)) next = mergeCarets(next, effect.value, transaction.newDoc.length);
    }
    return next;
  },
});

function carryCaret(caret: RemoteCaret, changes: ChangeDesc): RemoteCaret {
  const anchor = changes.mapPos(caret.anchor, -1);
  const head = caret.head === caret.anchor ? anchor : changes.mapPos(caret.head, -1);
  return anchor === caret.anchor && head === caret.head ? caret : { ...caret, anchor, head };
}

/** Takes over the carets told. One that is new, or is not where the text carried it, has moved. The old list if nothing changed. */
function mergeCarets(
  old: readonly RemoteCaret[],
  told: readonly Omit<RemoteCaret, 'movedAt'>[],
  length: number,
): readonly RemoteCaret[] {
  const merged = told.map((caret) => {
    const anchor = Math.min(caret.anchor, length);
    const head = Math.min(caret.head, length);
    const before = old.find((one) => one.sessionId === caret.sessionId);
    if (before?.anchor !== anchor || before.head !== head)
      return { ...caret, anchor, head, movedAt: performance.now() };
    const looksSame = before.name === caret.name && before.color === caret.color && before.isIdle === caret.isIdle;
    return looksSame ? before : { ...caret, anchor, head, movedAt: before.movedAt };
  });
  return merged.length === old.length && merged.every((caret, index) => caret === old[index]) ? old : merged;
}
