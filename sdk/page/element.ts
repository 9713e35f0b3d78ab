/** `weftdoc/element`: registers `<weft-editor>`. */
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
