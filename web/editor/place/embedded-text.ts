import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { embedded } from './room.ts';

/** A text in a page of somebody else: it has the room that it is given, as wide as its container says. */
export const embeddedText: Extension = [
  embedded.of(true),
  EditorView.theme({ '&': { '--frame': '100cqi' }, '.cm-scroller': { overscrollBehavior: 'auto' } }),
];
