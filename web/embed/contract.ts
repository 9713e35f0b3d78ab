import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { ErrorCode } from '../../shared/protocol/errors.ts';
import type { Role } from '../../shared/protocol/roles.ts';
import type { Edit } from '../../shared/text/edit.ts';

/**
 * What pages of others may rely on: the options, properties, methods and events of an embedded editor, the same for the element,
 * the frame and the bindings. Written as attributes, names have hyphens (`line-numbers`); a choice that is not known counts as the
 * first one.
 */
export interface EmbedOptions {
  /** The id of the document. */
  readonly document: string;
  /** Where the server is, `https://host[/path]`; by default where the script came from. */
  readonly server?: string | undefined;
  readonly mode?: 'edit' | 'view' | undefined;
  readonly readonly?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Must not be empty if its form is to be submitted. */
  readonly required?: boolean | undefined;
  /** UTF-16 units; own typing ends there, and a longer text is not submitted. */
  readonly maxlength?: number | undefined;
  /** Under which its form submits the text. */
  readonly name?: string | undefined;
  /** Stands in an empty text. */
  readonly placeholder?: string | undefined;
  /** `auto` follows the reader's system. */
  readonly theme?: 'auto' | 'light' | 'dark' | undefined;
  /** BCP 47; by default the reader's own, as far as there are words for it. */
  readonly lang?: string | undefined;
  /** `lazy` loads once it is near the screen. */
  readonly loading?: 'eager' | 'lazy' | undefined;
  readonly presence?: 'full' | 'carets' | 'avatars' | 'none' | undefined;
  /** The row with title and tools, shown unless `off`. */
  readonly toolbar?: 'on' | 'off' | undefined;
  /** Saved, offline, …: shown unless `off`. What may be lost is said all the same. */
  readonly status?: 'on' | 'off' | undefined;
  readonly lineNumbers?: boolean | undefined;
  readonly autofocus?: boolean | undefined;
  /** Its form is only submitted once the text is durable. */
  readonly flushOnSubmit?: boolean | undefined;
  /** Who types, signed by the host; a function is asked before every connection, before the token ends, and after a refusal. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** How others see a guest. */
  readonly user?: EmbedUser | undefined;
  /** A share link that lets them in. */
  readonly link?: EmbedLink | undefined;
  /** Of the host's content security policy; needed only if it has no `script-src` for the server. */
  readonly nonce?: string | undefined;
}

export interface EmbedUser {
  readonly name: string;
  /** `#rrggbb`. */
  readonly color?: string | undefined;
}

export interface EmbedLink {
  readonly secret: string;
  readonly password?: string | undefined;
}

/** Where it stands; as the attribute `data-collab-state`, too. */
export type EmbedState = 'connecting' | 'live' | 'saving' | 'saved' | 'offline' | 'reconnecting' | 'refused';

/** Somebody in the document; several tabs of theirs are one. */
export interface EmbedPerson {
  readonly userId: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly role: Role;
  readonly isSelf: boolean;
  readonly isIdle: boolean;
  /** The one they use first; what `follow` takes. */
  readonly sessionIds: readonly string[];
}

/** Why it stopped: an error code of the protocol, or what a close code meant. */
export type EmbedCode = ErrorCode | 'access_removed' | 'taken_over' | 'client_too_old' | 'bad_client' | 'left';

/** What `ready` and `flush` reject with. */
export interface EmbedError extends Error {
  readonly code: EmbedCode;
}

/** The details of the events. They bubble, also out of shadow roots. */
export interface EmbedEvents {
  'weft-ready': undefined;
  'weft-change': {
    readonly origin: 'local' | 'remote';
    /** The newest version of the server that is in the text. */
    readonly version: number;
    /** From the text before to the text after; see `weftdoc/text`. */
    readonly edit: Edit;
  };
  'weft-state': { readonly state: EmbedState; readonly unsaved: number; readonly code?: EmbedCode };
  'weft-presence': { readonly people: readonly EmbedPerson[] };
  /** UTF-16 units. */
  'weft-selection': { readonly anchor: number; readonly head: number };
  /** Cancelable: then the host says it in its own words. `text` is all that was written, so that nothing is lost. */
  'weft-refused': { readonly code: EmbedCode; readonly text: string };
}

/** What an embedded editor tells and can do, in the page or in a frame. */
export interface EmbedHandle {
  /** The text as the person sees it. */
  readonly value: string;
  readonly state: EmbedState;
  /** Edits that are not durable yet. */
  readonly unsaved: number;
  readonly version: number;
  /** Null before the first connection. */
  readonly role: Role | null;
  readonly people: readonly EmbedPerson[];
  /** Resolves when the text is shown. Rejects with an EmbedError if the document is refused before. */
  readonly ready: Promise<void>;
  focus(): void;
  /** Selects; `head` is `anchor` by default. UTF-16 units, clamped to the text. */
  select(anchor: number, head?: number): void;
  /** In place of the selection. Nothing happens where one cannot write. */
  insertText(text: string): void;
  /** Replaces `[from, to)`, UTF-16 units, clamped to the text. */
  replaceRange(from: number, to: number, text: string): void;
  undo(): void;
  redo(): void;
  /** Scrolls to a place, in UTF-16 units. */
  scrollTo(position: number): void;
  /** Keeps somebody's caret in view; null ends it. */
  follow(sessionId: string | null): void;
  /** Resolves when everything typed so far is durable. Rejects with an EmbedError if it cannot be. */
  flush(): Promise<void>;
  /** Leaves the document; what is unsent is sent first. */
  disconnect(): void;
}

/** The form of the options in which they may be changed: as properties of an element. */
type Changeable = {
  -readonly [Name in Exclude<keyof EmbedOptions, 'lang' | 'autofocus' | 'nonce'>]: EmbedOptions[Name];
};

/** `<weft-editor>`. */
export interface WeftEditorElement extends HTMLElement, EmbedHandle, Changeable {
  readonly role: Role | null;
  focus(): void;
  scrollTo(position: number): void;
  scrollTo(options?: ScrollToOptions): void;
  scrollTo(x: number, y: number): void;
  /** The engine's session; undefined until the editor is loaded. */
  readonly session: DocumentSession | undefined;
  readonly transport: 'socket';
  readonly form: HTMLFormElement | null;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  checkValidity(): boolean;
  reportValidity(): boolean;
  addEventListener<Name extends keyof EmbedEvents>(
    type: Name,
    listener: (event: CustomEvent<EmbedEvents[Name]>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** The options of `mountFrame`. */
export interface EmbedFrameOptions extends EmbedOptions {
  /** Of the frame, for screen readers; `Weft` by default. */
  readonly title?: string | undefined;
  /** Pixels, or a length of CSS; `auto` is as high as the text. 384 by default. */
  readonly height?: number | string | undefined;
  /** Pixels, or a length of CSS. */
  readonly maxHeight?: number | string | undefined;
}

/** What `mountFrame` returns: an editor in a frame, whose events come from this object. */
export interface EmbedFrame extends EmbedHandle, EventTarget {
  readonly iframe: HTMLIFrameElement;
  /** Takes the frame away; what is unsent is sent first. */
  destroy(): Promise<void>;
}
