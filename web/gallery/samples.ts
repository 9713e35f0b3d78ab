import type { MenuItem } from '../ui/menu-item.ts';

/** Names as they come, in the colours of people. */
export const PEOPLE = [
  { name: 'Ada Lindqvist', color: '#2e67c6' },
  { name: '김민아', color: '#b95500' },
  { name: 'لمى عبد الرحمن', color: '#8e44ad' },
  { name: 'Maximiliana-Theodora von Hohenlohe-Waldenburg-Schillingsfürst', color: '#1f7a1f' },
  { name: '👩‍👩‍👧 Okafor', color: '#a8322c' },
  { name: 'Jonas Öztürk', color: '#0a7285' },
] as const;

/** Titles as they come: short, long, Korean, Arabic, one word without an end. */
export const TITLES = [
  'Plans',
  'Autumn release: what we tell people, what we do not tell them, and what we have not decided yet',
  '가을 배포: 사람들에게 알릴 내용과 아직 정하지 못한 내용',
  'خطة الإصدار الخريفي وما نقوله للناس',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
] as const;

/** Lines of a menu, with every kind there is. `tell` hears what was chosen. */
export function menuItems(tell: (id: string) => void): MenuItem[] {
  const item = (id: string, label: string, more: Partial<MenuItem> = {}): MenuItem => ({
    id,
    label,
    run: () => tell(id),
    ...more,
  });
  return [
    item('delete', 'Delete…', { isDanger: true }),
    item('find', 'Find', { keys: ['Ctrl', 'F'] }),
    item('copy', 'Copy link'),
    item('download', 'Download'),
    item('focus', 'Focus mode', { isOn: true }),
    item('numbers', 'Line numbers', { isOn: false }),
    item('elan', 'Élan, with an accent'),
    item('korean', '복사하기'),
    item('nothing', 'Nothing to restore', { isDisabled: true }),
  ];
}
