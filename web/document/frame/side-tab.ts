import type { Component } from 'svelte';
import type { ShortcutId } from '../../editor/keys/shortcuts.ts';
import type { PeoplePage } from '../../people/following.svelte.ts';
import type { StatusPage } from '../status/status-page.ts';

/** What the tabs beside the text may use of the page. */
export type SidePage = StatusPage & PeoplePage;

/** A tab of the panel beside the text; a file in `web/document/tabs` exports one as `tab`. */
export interface SideTab {
  readonly id: string;
  /** Tabs stand in the order of these. */
  readonly order: number;
  /** A shape of Icon.svelte; a tab adds its own. */
  readonly icon: 'people';
  /** Opens it, and leads back when it is pressed again. */
  readonly shortcut?: ShortcutId;
  label(): string;
  /** How much is in it. */
  count?(page: SidePage): number;
  /** The content; it takes the height that is left, and scrolls by itself. */
  load(): Promise<{ default: Component<{ page: SidePage }> }>;
}
