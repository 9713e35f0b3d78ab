import type { Snippet } from 'svelte';
import type { HTMLAttributes } from 'svelte/elements';
import type { EmbedOptions, WeftEditorElement } from '../../embed/contract.ts';
import type { EditorEvent, EditorHandlers } from '../editor-events.ts';

/** Each is given the detail of its event, and the event. */
export type WeftEditorEvents = {
  [Name in EditorEvent as `on${Name}`]?: EditorHandlers[Name];
};

/** All options of an editor, its events, and what any element of HTML takes. */
export interface WeftEditorProps
  extends
    EmbedOptions,
    WeftEditorEvents,
    Omit<HTMLAttributes<WeftEditorElement>, keyof EmbedOptions | keyof WeftEditorEvents | 'children'> {
  /** Shown until the editor is there; what has a `slot` goes where that slot of the editor is. */
  children?: Snippet | undefined;
}
