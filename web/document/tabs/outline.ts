import { frameWords } from '../../words/en/frame.ts';
import type { SideTab } from '../frame/side-tab.ts';

export const tab: SideTab = {
  id: 'outline',
  order: 50,
  icon: 'outline',
  label: () => frameWords.outline,
  load: () => import('./OutlineTab.svelte'),
};
