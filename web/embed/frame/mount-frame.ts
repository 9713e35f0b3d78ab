import type { EmbedFrame, EmbedOptions } from '../contract.ts';

/** Shows an editor in a frame inside `container`. */
export function mountFrame(container: HTMLElement, options: EmbedOptions): EmbedFrame {
  void container;
  void options;
  throw new Error('Not yet');
}
