import { counted, inDigits } from '../formats.ts';
import { inLanguage } from '../words.ts';

/** How a document is saved and connected: the line in the bar, what stands behind it, and what is read out. */
export const statusWords = inLanguage('status', {
  connecting: 'Connecting…',
  saved: 'Saved',
  savedAt: (time: string): string => `Saved ${time}`,
  saving: 'Saving…',
  notSaved: 'Not saved yet',
  notSavedFor: (seconds: number): string => `Not saved for ${inDigits(seconds)} s`,
  offline: 'Offline',
  reconnecting: 'Reconnecting…',
  reconnectingIn: (seconds: number): string => `Reconnecting in ${inDigits(seconds)} s`,
  cannotNow: 'Server unavailable',
  readOnly: 'Read-only',
  /** Why a session stopped, in two or three words. */
  stopped: {
    accessEnded: 'Access ended',
    readOnly: 'Read-only',
    deleted: 'Document deleted',
    binned: 'In the bin',
    elsewhere: 'Open in another tab',
    signedOut: 'Signed out',
    outdated: 'Update needed',
    tooLarge: 'Document too large',
    notTaken: 'Not saved',
  },
  closed: 'Closed',
  /** Behind a state: how many changes only this device, or only this tab, has. */
  withKept: (state: string, count: number): string => `${state}, ${inDigits(count)} kept here`,
  withOnlyHere: (state: string, count: number): string => `${state}, ${inDigits(count)} only in this tab`,

  isOpening: 'Opening the document.',
  isOnDisk: 'Everything is on the server’s disk.',
  isOnTheWay: (count: number): string =>
    counted(count, {
      one: '# change is on the way to the server’s disk.',
      other: '# changes are on the way to the server’s disk.',
    }),
  goOnWriting: 'You can go on writing. Everything is sent as soon as the server answers.',
  keepTabOpen: 'You can go on writing, but keep this tab open until the server answers.',
  asItWas: 'You see what was there last; the rest follows as soon as the server answers.',
  isReadOnly: 'You can read this document; what others write appears here at once.',
  stillHere: 'Your text is still in this tab.',
  hasLeft: 'This tab has left the document.',
  retry: 'Retry',
  /** The button that shows more; read out after the state. */
  details: 'Details',
  heading: 'Saving and connection',
  connection: 'Connection',
  isConnected: 'Open (WebSocket)',
  isNotConnected: 'None at the moment',
  onThisDevice: 'Kept on this device',
  onlyInThisTab: 'Only in this tab',
  changes: (count: number): string => counted(count, { one: '# change', other: '# changes' }),
  lastSaved: 'Last saved',

  nowSaved: 'Saved. Everything you type is saved at once.',
  alreadySaved: 'Already saved. Everything you type is saved at once.',
  youAreOffline: 'You are offline.',
  youAreOfflineAndCanWrite: 'You are offline. You can go on writing.',
  connectionLost: 'Connection lost. Reconnecting.',
  connectedAgain: 'Connected again.',
  /** Words as sentences, one behind the other. */
  sentence: (words: string): string => (/[.…]$/.test(words) ? words : `${words}.`),
});
