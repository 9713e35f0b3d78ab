import type { EmbedHandle } from '../embed/contract.ts';

/** An editor's handle for a component that is not the element itself; `find` gives the element. */
export function handleOf(find: () => EmbedHandle): EmbedHandle {
  return {
    get value() {
      return find().value;
    },
    get state() {
      return find().state;
    },
    get unsaved() {
      return find().unsaved;
    },
    get version() {
      return find().version;
    },
    get role() {
      return find().role;
    },
    get people() {
      return find().people;
    },
    get ready() {
      return find().ready;
    },
    focus: () => find().focus(),
    select: (anchor, head) => find().select(anchor, head),
    insertText: (text) => find().insertText(text),
    replaceRange: (from, to, text) => find().replaceRange(from, to, text),
    undo: () => find().undo(),
    redo: () => find().redo(),
    scrollTo: (position) => find().scrollTo(position),
    follow: (sessionId) => find().follow(sessionId),
    flush: () => find().flush(),
    disconnect: () => find().disconnect(),
  };
}
