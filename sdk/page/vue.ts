/** `weftdoc/vue`: the editor as a component, and a document without a view as a composable. */
export { useDocument } from '../../web/bindings/vue/use-document.ts';
export { usePeople } from '../../web/bindings/vue/use-people.ts';
export { WeftEditor } from '../../web/bindings/vue/weft-editor.ts';

export type { DocumentRefs } from '../../web/bindings/vue/use-document.ts';
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
