import { peopleWords } from '../../words/en/people.ts';
import type { SideTab } from '../frame/side-tab.ts';

export const tab: SideTab = {
  id: 'people',
  order: 40,
  icon: 'people',
  shortcut: 'people',
  label: () => peopleWords.people,
  count: ({ live }) => live.peopleCount,
  load: () => import('./PeopleTab.svelte'),
};
