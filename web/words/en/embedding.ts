import { counted } from '../formats.ts';
import { isolated } from '../../../shared/isolated.ts';
import { inLanguage } from '../words.ts';

/** The Share dialog where it tells how to embed a document. */
export const embeddingWords = inLanguage('embedding', {
  visitorsCan: 'Visitors can',
  read: 'Read',
  write: 'Write',
  colours: 'Colours',
  auto: 'Auto',
  light: 'Light',
  dark: 'Dark',
  whoIsHere: 'Who is here',
  full: 'Full',
  carets: 'Carets',
  none: 'None',
  toolbar: 'Title and tools',
  status: 'Status',
  lineNumbers: 'Line numbers',

  /** Who can read there. */
  linkReads: 'Anyone with the link can read, so visitors need no sign-in.',
  linkWrites: 'Anyone with the link can write, so visitors need no sign-in.',
  linkReadsOnly: 'Anyone with the link can only read. To write, visitors need a token from your application.',
  linkOpensNothing: 'The link opens nothing, so visitors need a token from your application.',
  noGuests: 'This server takes no guests, so visitors need a token from your application.',
  changeAccess: 'Change access',

  preview: 'Preview',
  noPreview: 'The preview could not be loaded.',

  kinds: 'Kind of page',
  frame: 'Frame',
  mountFrame: 'Frame + JS',
  copy: 'Copy',
  onlyDifferent: 'Only what differs from the default is written.',
  anyPage: 'Works on any page; nothing to install.',
  frameHint: 'The server must let the website show it in a frame: check it below.',
  packageHint: 'Install the package weftdoc with npm first.',

  tokenHeading: 'A token for your visitors',
  tokenHint:
    'Your application says who its visitors are, by a route like this. It signs with the secret that this server has as WEFT_JWT_SECRET.',
  backends: 'Kind of server',
  /** Stands in the code, before the visitor is asked for. */
  signedIn: 'Whoever is signed in to your application',

  pages: 'Pages that can embed',
  allPages: 'All',
  somePages: 'Only these',
  allPagesHint: 'Pages of every website that this server lets in.',
  narrowingHint: 'All can go on until you add the first website.',
  noPages: 'No website yet: only this server shows the document.',
  /** One of several websites, as a summary. */
  andMore: (website: string, count: number): string =>
    counted(count, { one: `${isolated(website)} and # more`, other: `${isolated(website)} and # more` }),
  noWebsites: 'none',
  website: 'Website',
  add: 'Add',
  added: (website: string): string => `${isolated(website)} can embed the document.`,
  remove: (website: string): string => `Remove ${isolated(website)}`,
  removed: (website: string): string => `${isolated(website)} can no longer embed the document.`,
  notWebsite: 'Write how its links begin, such as https://intranet.example.',

  check: 'Check',
  checked: (website: string): string => `On pages of ${isolated(website)}`,
  element: 'Element and SDK',
  inFrame: 'Frame',
  withoutToken: 'Visitors without a token',
  works: 'Works',
  /** Why something does not work there. */
  why: {
    server_setting: 'The setting WEFT_ORIGINS of this server does not name the website.',
    frames_off: 'This server allows no frames until its setting WEFT_ORIGINS names websites.',
    document_setting: 'The website is not among those that can embed this document.',
    insecure_server: 'The website uses https and this server does not, so browsers load nothing from it there.',
    guests_off: 'This server takes no guests.',
    link_access_none: 'The link opens nothing.',
  },
});
