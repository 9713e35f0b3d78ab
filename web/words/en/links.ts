import { counted } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** Invite links: making, showing and redeeming them. */
export const linkWords = inLanguage('links', {
  heading: 'Invite links',
  hint: 'A link of its own for a group of people, with a role, an end and a password. Revoke it when you like.',
  newLink: 'New invite link',
  none: 'No invite links yet.',
  linkFor: { editor: 'Link for editors', commenter: 'Link for commenters', viewer: 'Link for viewers' },
  role: 'Whoever has it',
  ends: 'Ends',
  endsAt: 'Ends at',
  name: 'Name, for your list only',
  nameExample: 'Class 7b',
  password: 'Password, if it shall have one',
  passwordHint: 'Tell the password another way than the link. It cannot be shown again.',
  make: 'Make the link',
  made: 'The link is made. Copy it, or show its QR code.',

  expiries: {
    never: 'Never',
    hour: 'In an hour',
    day: 'In a day',
    week: 'In a week',
    month: 'In 30 days',
    chosen: 'At a time of your choice…',
  },
  noEnd: 'Say when the link shall end.',
  pastEnd: 'The end must lie in the future.',
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
  qrCodeOf: (name: string): string => `QR code of ${name}`,
  revoke: 'Revoke',
  revokeName: (name: string): string => `Revoke ${name}`,
  askRemove: (name: string): string => `Remove ${name} from the list?`,
  askRevoke: (name: string): string =>
    `Revoke ${name}? Whoever came by it loses at once what it gave. It cannot be undone.`,
  revoked: (name: string): string => `${name} is revoked.`,

  qrLabel: (name: string, link: string): string => `QR code of the link ${name}: ${link}`,
  asText: 'The same as text',
  download: 'Download SVG',
  print: 'Print',

  wrongPassword: 'That is not the password.',
  waitSeconds: (seconds: number): string => counted(seconds, { one: 'in # second', other: 'in # seconds' }),
  waitMinutes: (minutes: number): string => counted(minutes, { one: 'in # minute', other: 'in # minutes' }),
});
