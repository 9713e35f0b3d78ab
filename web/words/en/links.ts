import { counted } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** Invite links: making, showing and redeeming them. */
export const linkWords = inLanguage('links', {
  heading: 'Invite links',
  hint: 'A separate link for a group of people, with its own role, end and password. You can revoke it at any time.',
  newLink: 'New invite link',
  none: 'No invite links yet.',
  linkFor: { editor: 'Link for editors', commenter: 'Link for commenters', viewer: 'Link for viewers' },
  role: 'Anyone with this link',
  ends: 'Ends',
  endsAt: 'Ends at',
  name: 'Name (for your list only)',
  nameExample: 'Class 7b',
  password: 'Password (optional)',
  /** What a link cannot withhold, because the bare address gives as much. */
  openAnyway: {
    view: 'Anyone with the link can already read.',
    comment: 'Anyone with the link can already read and comment.',
    edit: 'Anyone with the link can already read and write.',
  },
  changeAccess: 'Change',
  passwordHint: 'Send the password separately from the link. It cannot be shown again.',
  make: 'Create link',
  made: 'The link is ready. Copy it, or show its QR code.',

  expiries: {
    never: 'Never',
    hour: 'In an hour',
    day: 'In a day',
    week: 'In a week',
    month: 'In 30 days',
    chosen: 'At a time you choose…',
  },
  noEnd: 'Choose when the link ends.',
  pastEnd: 'The end must be in the future.',
  /** Facts about a link, one behind the other. */
  neverEnds: 'never ends',
  endsOn: (time: string): string => `ends ${time}`,
  endedOn: (time: string): string => `ended ${time}`,

  withPassword: 'with a password',
  notUsed: 'not used yet',
  used: (count: number, when: string): string =>
    counted(count, { one: `used by # person, last: ${when}`, other: `used by # people, last: ${when}` }),
  copy: 'Copy',
  qrCode: 'QR code',
  qrCodeOf: (name: string): string => `QR code for ${name}`,
  revoke: 'Revoke',
  revokeName: (name: string): string => `Revoke ${name}`,
  askRemove: (name: string): string => `Remove ${name} from the list?`,
  askRevoke: (name: string): string =>
    `Revoke ${name}? Everyone who came by it loses that access at once. This cannot be undone.`,
  revoked: (name: string): string => `${name} has been revoked.`,

  qrLabel: (name: string, link: string): string => `QR code for the link ${name}: ${link}`,
  asText: 'Link as text',
  download: 'Download SVG',
  print: 'Print',

  wrongPassword: 'That is not the password.',
  waitSeconds: (seconds: number): string => counted(seconds, { one: 'in # second', other: 'in # seconds' }),
  waitMinutes: (minutes: number): string => counted(minutes, { one: 'in # minute', other: 'in # minutes' }),
});
