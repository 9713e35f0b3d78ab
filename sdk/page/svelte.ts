/** `weftdoc/svelte`: the editor as a component, and a document without a view as state. */
export { documentState } from '../../web/bindings/svelte/document-state.ts';
export { peopleState } from '../../web/bindings/svelte/people-state.ts';
export { WeftEditor } from '../../web/bindings/svelte/weft-editor.ts';

export type { PeopleState } from '../../web/bindings/svelte/people-state.ts';
export type { WeftEditorEvents, WeftEditorProps } from '../../web/bindings/svelte/weft-editor-props.ts';
export type { DocumentOptions } from '../../web/bindings/document-options.ts';
export type { DocumentCommands, DocumentSnapshot } from '../../web/bindings/document-snapshot.ts';
export type { EditorHandlers } from '../../web/bindings/editor-events.ts';
export type {
  EmbedCode,
  EmbedError,
  EmbedEvents,
  EmbedHandle,
  EmbedLink,
  EmbedOptions,
  EmbedPerson,
  EmbedState,
  EmbedUser,
  WeftEditorElement,
} from '../../web/embed/contract.ts';
