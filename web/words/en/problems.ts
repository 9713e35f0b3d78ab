import { inLanguage } from '../words.ts';

/** Why the server did not do something, by the codes of its errors, and what to do. */
export const problemWords = inLanguage('problems', {
  unknown: 'Something went wrong.',
  unreachable: 'The server cannot be reached. Check the connection and try again.',
  rate_limited: 'That was a little too fast. Try again in a moment.',
  unavailable: 'The server cannot save at the moment. Try again in a moment.',
  internal: 'The server failed, and nothing was changed. Try again in a moment.',
  unauthenticated: 'You are no longer signed in. Reload the page.',
  forbidden: 'Your role does not let you do that.',
  not_found: 'It no longer exists, or you do not have access to it.',
  last_owner: 'A document needs an owner. Make somebody else the owner first.',
  document_too_large: 'The document would be longer than this server allows.',
  bad_message: 'The server did not understand that. Nothing was changed.',
  bad_text: 'It contains a character that documents cannot hold.',
  version_conflict: 'Somebody else changed it in the meantime. Check it again.',
  password_required: 'This link has a password.',
  wrong_password: 'That is not the password.',

  onlyOwners: 'Only an owner of this document can do that.',
  goneOrChanged: 'It no longer exists, or somebody else has changed it in the meantime.',
});
