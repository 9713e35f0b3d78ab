import type { ChangeSet, Text } from '@codemirror/state';
import { EditBuilder, type Edit } from '../../../shared/text/edit.ts';

/**
 * What a CodeMirror change does, as an edit. CodeMirror compares unit by unit, so one emoji that replaces another may come as
 * half a surrogate pair; the edit takes the whole pair. The text after it is the same.
 */
export function editFromChanges(changes: ChangeSet, before: Text): Edit {
  const builder = new EditBuilder();
  let position = 0;
  changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    const from = splitsPair(before, fromA) ? fromA - 1 : fromA;
    const to = splitsPair(before, toA) ? toA + 1 : toA;
    builder.retain(from - position);
    builder.insert(before.sliceString(from, fromA) + inserted.toString() + before.sliceString(toA, to));
    builder.delete(to - from);
    position = to;
  });
  return builder.finish();
}

/** An edit as CodeMirror takes it. */
export function changesFromEdit(edit: Edit): { from: number; to: number; insert: string }[] {
  const specs: { from: number; to: number; insert: string }[] = [];
  let position = 0;
  let open: { from: number; to: number; insert: string } | undefined;
  for (const part of edit) {
    if (typeof part === 'number' && part > 0) {
      position += part;
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = { from: position, to: position, insert: '' };
      specs.push(open);
    }
    if (typeof part === 'string') {
      open.insert += part;
    } else {
      position -= part;
      open.to = position;
    }
  }
  return specs;
}

/** The place that an edit leaves behind in the text after it: what it inserted first, or where it deleted first. */
export function changedPlace(edit: Edit): { readonly from: number; readonly to: number } {
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') return { from: position, to: position + part.length };
    if (part < 0) return { from: position, to: position };
    position += part;
  }
  return { from: position, to: position };
}

function splitsPair(text: Text, position: number): boolean {
  if (position <= 0 || position >= text.length) return false;
  const around = text.sliceString(position - 1, position + 1);
  return (around.charCodeAt(0) & 0xfc00) === 0xd800 && (around.charCodeAt(1) & 0xfc00) === 0xdc00;
}
