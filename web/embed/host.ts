import type { EmbedEvents, EmbedOptions, WeftEditorElement } from './contract.ts';

/** The properties that are no attributes. */
export interface GivenToHost extends Pick<EmbedOptions, 'token' | 'user' | 'link'> {
  /** For the server's own pages, where its cookie may say who it is; elsewhere no cookie is looked at. */
  readonly credentials?: 'same-origin' | undefined;
}

/** What the editor, which is loaded later, knows of its element. */
export interface EmbedHost {
  readonly element: WeftEditorElement;
  readonly root: ShadowRoot;
  readonly internals: ElementInternals;
  /** The server that the script came from; undefined if the script is part of the host's own. */
  readonly scriptServer: string | undefined;
  /** The properties that are no attributes. */
  readonly given: GivenToHost;
  /** Tells the page; false if it prevented what would follow. */
  emit<Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name], isCancelable?: boolean): boolean;
}
