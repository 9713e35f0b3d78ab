import { counted, inList } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** The Share dialog, but for its links. */
export const shareWords = inLanguage('share', {
  share: 'Share',
  people: 'People',
  links: 'Links',
  embed: 'Embed',
  loading: 'Checking who can do what…',
  copyLink: 'Copy link',
  copyCode: 'Copy the code',
  embedUnloaded: 'How to embed the document could not be loaded.',
  canEmbed: 'Pages that can embed:',

  anyone: 'Anyone with the link',
  anyoneHint: {
    none: 'Only the people above and anyone with an invite link.',
    view: 'Everybody else can read along.',
    comment: 'Everybody else can read along, and comment as soon as there are comments.',
    edit: 'Everybody else can read and write.',
  },
  anyoneNow: (can: string): string => `Anyone with the link: ${can}.`,

  addLabel: 'Add people by name',
  addRole: 'Role for the new person',
  nobodyFound: (name: string): string => `Nobody called “${name}” has been here or in your other documents.`,
  suggestions: 'People who were here',
  found: (count: number): string => counted(count, { one: '# person found', other: '# people found' }),
  wasHere: (when: string): string => `Was here: ${when}`,
  fromElsewhere: 'From another document of yours',
  added: (name: string, role: string): string => `${name} is added. Role: ${role}.`,
  more: 'More',
  addById: 'Add by ID',
  idLabel: 'ID from your sign-in system',
  idHint:
    'What your sign-in system calls somebody who was never here. Guests need none: once they open the document, they stand in the list.',

  you: 'You',
  hereNow: 'Here now',
  /** Behind one of these. */
  byLink: (can: string): string => `by link: ${can}`,
  roleOf: (name: string): string => `Role of ${name}`,
  addAs: 'Give a role…',
  roleIs: (name: string, role: string): string => `${name}: ${role}.`,
  youAreNow: (role: string): string => `Your role is now: ${role}.`,
  newOwner: (name: string): string => `${name} is the owner now, and you are an editor.`,
  remove: 'Remove',
  /** As a choice among roles; it is asked back. */
  removeOption: 'Remove…',
  removed: (name: string): string => `${name} is removed.`,
  askRemove: (name: string): string => `Remove ${name}?`,
  removeCutsOff: 'They are cut off at once, and cannot come back by an invite link that they had.',
  removeKeepsLink: (can: string): string =>
    `They lose what you gave them by name. They still have the link; with it anyone: ${can}.`,
  askOwner: (name: string): string =>
    `An owner can do everything that you can, and can remove you. Should ${name} own the document alongside you or in your place?`,
  besideMe: 'Alongside me',
  inMyPlace: 'In my place, I become an editor',
  askStepDown: (can: string): string =>
    `You will no longer be able to share or delete this document. What you keep: ${can}. Go on?`,
  stepDown: 'Give up ownership',

  yourRole: (role: string, can: string): string => `${role}: ${can}`,
  noAccess: 'You no longer have access',
  ownedBy: (owners: readonly string[]): string => `The document belongs to ${inList(owners)}.`,
  onlyOwners: 'Only an owner can change who can do what.',

  leave: 'Leave this document…',
  leaveAlso: 'remove list quit',
  leaveNow: 'Leave',
  askLeave:
    'Leave this document? It disappears from your list, and the access you have by name or by an invite link ends.',
  unsaved: 'Some of what you wrote is not saved yet. Leave once it is.',
  noAnswer: 'The server is not answering. Try again in a moment.',
  nothingToLeave: 'There is nothing to leave: you are here because anyone with the link can open it.',
  left: (title: string): string => `You left “${title}”.`,
});
