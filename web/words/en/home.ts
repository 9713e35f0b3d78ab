import { counted, inList } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** The list of documents. */
export const homeWords = inLanguage('home', {
  heading: 'Documents',
  loading: 'Loading your documents',
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

  here: 'People here now',
  today: 'Today',
  thisWeek: 'Earlier this week',
  thisMonth: 'Earlier this month',
  neverOpened: 'Not opened yet',
  news: (count: number): string => counted(count, { other: '# new' }),
  showNews: (count: number): string =>
    counted(count, {
      one: 'Show # new or changed document',
      other: 'Show # new or changed documents',
    }),

  isNew: 'New:',
  changes: (count: number, by: readonly string[]): string =>
    `${counted(count, { one: '# change', other: '# changes' })}${by.length === 0 ? '' : ` by ${inList(by)}`} since your last visit`,
  inThere: (names: readonly string[]): string => `Here now: ${inList(names)}`,
  others: (count: number): string => counted(count, { one: '# other', other: '# others' }),
  you: 'You',
  watched: 'Watched',
  opened: (time: string): string => `Opened ${time}`,
  created: (time: string): string => `Created ${time}`,
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
  binAlso: 'delete remove throw away',
  binUnsaved: 'Some of what you wrote is not saved yet. Move the document to the bin once it is.',
  restoreOne: (title: string): string => `Restore ${title}`,
  deleteForGood: 'Delete for good…',
  deleteNow: 'Delete for good',
  deleteQuestion: 'Delete for good?',
  deleteMeans: (title: string): string =>
    `The text and the whole history of “${title}” will be gone for everyone. This cannot be undone.`,

  titleProblem: (problem: string): string => `The title ${problem}`,
  renamed: (title: string): string => `Renamed to ${title}.`,
  binned: (title: string): string => `“${title}” is in the bin`,
  restored: (title: string): string => `“${title}” is back in your documents`,
  deleted: (title: string): string => `“${title}” was deleted for good`,
  duplicated: (title: string): string => `“${title}” was created`,
  openIt: 'Open',
  undo: 'Undo',
  watching: (title: string): string => `You are now watching ${title}.`,
  notWatching: (title: string): string => `You are no longer watching ${title}.`,

  found: (count: number, hasMore: boolean): string =>
    hasMore
      ? counted(count, { other: 'More than # documents found' })
      : counted(count, { one: '# document found', other: '# documents found' }),
  nothingFound: (words: string): string => `Nothing found for “${words}”`,
  nothingFoundHint: 'Titles and text are searched. Try fewer words, or search all documents.',
  none: {
    mine: 'You have not created any documents yet.',
    shared: 'Nothing has been shared with you yet. Documents that you open by a link appear here.',
    watched: 'You are not watching any documents. Choose “Watch” in a document’s menu.',
    bin: 'The bin is empty.',
  },
  loadMore: 'Show more',
  inBin: 'Documents in the bin',

  welcome: 'Write together',
  welcomeText:
    'Start a document and send its link: everyone who opens it writes in the same text at the same time. Once it says “Saved”, your text is on this server’s disk.',
  startWith: 'Start with',
  gotLink: 'Got a link?',
  linkHint: 'Paste it here',
  openLink: 'Open',
  linkEmpty: 'Paste the link to a document first.',
  linkElsewhere: (host: string): string =>
    `This link leads to ${host}, not to this server. Open it in a new browser tab.`,
  linkUnclear: 'This is not a complete link to a document. Copy the whole link again.',

  guestTitle: 'You are here as a guest',
  guestShort: 'Your name and this list exist only in this browser.',
  guestText: (name: string): string =>
    `A cookie in this browser knows you as ${name}. In another browser, or once its cookies are cleared, you start again as somebody new, with an empty list.`,
  guestKeep:
    'Keep the link to a document, or create an invite link for yourself: it brings you back to the document from anywhere. Your name and list come with you only when you open Weft from an application that you are signed in to.',
  guestDone: 'Got it',
});
