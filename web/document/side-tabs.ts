import type { SideTab } from './frame/side-tab.ts';

/** The tabs beside the text, in their order: each a file in `tabs`. */
export const SIDE_TABS: readonly SideTab[] = Object.values(
  import.meta.glob<{ tab: SideTab }>('./tabs/*.ts', { eager: true }),
)
  .map(({ tab }) => tab)
  .sort((a, b) => a.order - b.order);
