/** `weftdoc/frame`: the editor in a frame. */
export { mountFrame } from '../../web/embed/frame/mount-frame.ts';

export type {
  EmbedCode,
  EmbedError,
  EmbedEvents,
  EmbedFrame,
  EmbedFrameOptions,
  EmbedHandle,
  EmbedLink,
  EmbedPerson,
  EmbedState,
  EmbedUser,
} from '../../web/embed/contract.ts';
