import { counted, inList } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** The list of documents. */
export const homeWords = inLanguage('home', {
  heading: 'Documents',
  loading: 'Your documents are being loaded',
  failed: 'Your documents cannot be shown',
  search: 'Search documents',
  searchShort: 'Search',
  clearSearch: 'Clear the search',
  newShort: 'New',
  newDocument: 'New document',
  newFrom: 'New from a template',
  blank: 'Blank document',

  show: 'Show',
  shown: { all: 'All', mine: 'Mine', shared: 'Shared with me', watched: 'Watched', bin: 'Bin' },
  sorted: { edited: 'Last changed', opened: 'Last opened', title: 'Title', created: 'Newest' },
  sortedBy: (order: string): string => `Sorted by: ${order}`,

  here: 'People are in these now',
  today: 'Today',
  thisWeek: 'Earlier this week',
  thisMonth: 'Earlier this month',
  neverOpened: 'Not opened yet',
  news: (count: number): string => counted(count, { other: '# new' }),
  showNews: (count: number): string =>
    counted(count, {
      one: 'Show # document that is new or was changed',
      other: 'Show # documents that are new or were changed',
    }),

  isNew: 'New:',
  changes: (count: number, by: readonly string[]): string =>
    `${counted(count, { one: '# change', other: '# changes' })}${by.length === 0 ? '' : ` by ${inList(by)}`} since your visit`,
  inThere: (names: readonly string[]): string => `In there now: ${inList(names)}`,
  others: (count: number): string => counted(count, { one: '# other', other: '# others' }),
  you: 'You',
  watched: 'Watched',
  opened: (time: string): string => `Opened ${time}`,
  created: (time: string): string => `Made ${time}`,
  inBinSince: (time: string): string => `In the bin since ${time}`,

  moreFor: (title: string): string => `More for ${title}`,
  open: 'Open in a new tab',
  rename: 'Rename…',
  newTitle: 'New title',
  duplicate: 'Duplicate',
  copyOf: (title: string): string => `${title} (copy)`,
  watch: 'Watch',
  unwatch: 'Stop watching',
  copyLink: 'Copy link',
  toBin: 'Move to bin',
  restore: 'Restore',
  restoreOne: (title: string): string => `Restore ${title}`,
  deleteForGood: 'Delete for good…',
  deleteNow: 'Delete for good',
  deleteQuestion: 'Delete for good?',
  deleteMeans: (title: string): string =>
    `The text and the whole history of “${title}” are gone then, for everybody. Nobody can bring them back.`,

  titleProblem: (problem: string): string => `The title ${problem}`,
  renamed: (title: string): string => `Renamed to ${title}.`,
  binned: (title: string): string => `“${title}” is in the bin`,
  restored: (title: string): string => `“${title}” is back in your documents`,
  deleted: (title: string): string => `“${title}” is deleted for good`,
  duplicated: (title: string): string => `“${title}” is made`,
  openIt: 'Open',
  undo: 'Undo',
  watching: (title: string): string => `You watch ${title}.`,
  notWatching: (title: string): string => `You no longer watch ${title}.`,

  found: (count: number, hasMore: boolean): string =>
    hasMore
      ? counted(count, { other: 'More than # documents found' })
      : counted(count, { one: '# document found', other: '# documents found' }),
  nothingFound: (words: string): string => `Nothing found for “${words}”`,
  nothingFoundHint: 'Titles and texts are searched. Try fewer words, or all documents.',
  none: {
    mine: 'You have made no documents yet.',
    shared: 'No document of somebody else is here yet. What you open by a link comes here.',
    watched: 'You watch no documents. “Watch” stands in the menu of each.',
    bin: 'The bin is empty.',
  },
  loadMore: 'Show more',
  inBin: 'Documents in the bin',

  welcome: 'Write together',
  welcomeText:
    'Start a document and send its link: everybody who opens it writes in the same text at the same time. What says “Saved” is on this server’s disk.',
  startWith: 'Start with',
  gotLink: 'Got a link?',
  linkHint: 'Paste it here',
  openLink: 'Open',
  linkEmpty: 'Paste the link of a document first.',
  linkElsewhere: (host: string): string =>
    `This link leads to ${host}, not to this server. Open it in a tab of the browser.`,
  linkUnclear: 'This is not the whole link of a document. Copy it again, from its beginning to its end.',

  guestTitle: 'You are here as a guest',
  guestShort: 'Your name and this list belong to this browser alone.',
  guestText: (name: string): string =>
    `A cookie in this browser knows you as ${name}. In another browser, or once its cookies are cleared, you are somebody new, and this list is empty.`,
  guestKeep:
    'Keep the link of a document, or make an invite link for yourself: it leads back into the document from anywhere. Name and list go with you only where an application that you are signed in to opens Weft for you.',
  guestDone: 'Got it',
});
