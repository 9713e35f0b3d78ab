import type { PeoplePage } from '../../people/following.svelte.ts';
import type { StatusPage } from '../status/status-page.ts';
import type { BandKind } from './band-order.ts';

/** What the bands need to know of the page that shows them. */
export type BandPage = StatusPage &
  PeoplePage & {
    /** The text is not shown as Markdown, because that took too long. */
    readonly isPlain: boolean;
    /** The notice for readers was put away. */
    isReaderNoticeSeen: boolean;
    showMarkdown(): void;
  };

/** When a band has something to say. */
export interface BandMeta {
  readonly kind: BandKind;
  isShown(page: BandPage): boolean;
}
