import type { DocumentSession } from '../../shared/client/document-session.ts';
import type { SessionStatus } from '../../shared/client/events/session-status.ts';
import { Commands } from '../app/commands.svelte.ts';
import type { SidePage, SideTab } from '../document/frame/side-tab.ts';
import { Following } from '../people/following.svelte.ts';
import type { IconName } from '../ui/Icon.svelte';
import { PEOPLE } from './samples.ts';

/** Icon.svelte has shapes that no tab of the page uses yet. */
const shape = (name: IconName): SideTab['icon'] => name as SideTab['icon'];

const load = (): ReturnType<SideTab['load']> => import('./SampleTab.svelte');

/** As many as the frame is to hold, with names as they come. */
export const TABS: readonly SideTab[] = [
  { id: 'chat', order: 10, icon: shape('document'), label: () => 'Chat', count: () => 3, load },
  { id: 'comments', order: 20, icon: shape('check'), label: () => 'تعليقات على النص', count: () => 120, load },
  { id: 'history', order: 30, icon: shape('sort'), label: () => '가을 배포의 이전 판과 이름 붙인 판', load },
  { id: 'inbox', order: 35, icon: shape('search'), label: () => 'Notifications of everything you take part in', load },
  { id: 'people', order: 40, icon: 'people', label: () => 'People', count: ({ live }) => live.peopleCount, load },
  { id: 'outline', order: 50, icon: 'outline', label: () => 'Outline', load },
];

/** A page with many people and nothing behind it; the parts of the frame hand it on. `now` is 0. */
export function samplePage(status: SessionStatus): SidePage {
  const people = PEOPLE.map(({ name, color }, index) => ({
    ...{ userId: `${index}`, name, color, role: 'editor' as const },
    ...{ isSelf: false, isIdle: index === 1, sessionIds: [`${index}`] },
  }));
  return {
    ...{ id: 'sample', title: '', record: undefined, editor: undefined, shown: { status, now: 0 } },
    live: {
      session: { reconnect: () => undefined } as unknown as DocumentSession,
      ...{ status, isReady: true, version: 1, unsaved: 0, keepsUnsent: true, canWrite: true },
      ...{ role: 'editor', isDemoted: false, rescued: undefined, putRescuedAway: () => undefined },
      ...{ people, peopleCount: 120 },
    },
    following: new Following(),
    whereIs: () => 'above',
    goTo: () => undefined,
  };
}

/** What can be done. `tell` hears what was. */
export function sampleCommands(tell: (id: string) => void): Commands {
  const labels = { find: 'Find and replace', preview: '서식 있는 미리보기', 'copy-link': 'Copy link', share: 'مشاركة' };
  const commands = new Commands();
  commands.offer(Object.entries(labels).map(([id, label]) => ({ id, label: () => label, run: () => tell(id) })));
  return commands;
}
