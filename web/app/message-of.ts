import { ApiError } from './api.ts';

/** What went wrong, in a sentence for people. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong.';
  if (error.code === 'unreachable') return 'The server cannot be reached. Check the connection and try again.';
  if (error.code === 'rate_limited') return 'That was a little fast. Try again in a moment.';
  if (error.code === 'unavailable') return 'The server cannot save at the moment. Try again in a moment.';
  return `${error.message}.`;
}
