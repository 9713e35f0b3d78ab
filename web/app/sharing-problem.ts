import { ApiError } from './api.ts';
import { messageOf } from './message-of.ts';

/** Why a change of who may do what was not made, in a sentence for people. */
export function sharingProblem(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  switch (error.code) {
    case 'last_owner':
      return 'A document needs an owner. Make somebody else the owner first.';
    case 'forbidden':
      return 'Only an owner of this document may do that.';
    case 'not_found':
      return 'That is not there any more, or somebody else has changed it meanwhile.';
    default:
      return messageOf(error);
  }
}
