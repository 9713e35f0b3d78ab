import { describe, expect, it } from 'vitest';
import type { EmbedHost } from '../host.ts';
import { FormField } from './form-field.ts';
import type { HostOptions } from '../stay/host-options.ts';

interface Case {
  readonly text?: string;
  readonly unsaved?: number;
  readonly required?: boolean;
  readonly maxlength?: number;
  readonly flushes?: boolean;
}

/** What a form is told of a field: which flags, and in which words. */
function validityOf({ text, unsaved = 0, required = false, maxlength, flushes = false }: Case): [string[], string?] {
  let told: [string[], string?] = [[]];
  const internals = {
    form: null,
    setValidity: (flags: ValidityStateFlags, message?: string) => {
      told = message === undefined ? [Object.keys(flags)] : [Object.keys(flags), message];
    },
  };
  const host = { internals, root: { querySelector: () => null } } as unknown as EmbedHost;
  const options = { isRequired: required, maximum: maxlength, flushesOnSubmit: flushes } as unknown as HostOptions;
  new FormField(host, options, { text: () => text, unsaved: () => unsaved, flush: async () => {} }).refresh();
  return told;
}

const NOTHING = 'Write something here.';

describe('a field of a form', () => {
  it.each<[string, Case, [string[], string?]]>([
    ['is valid', { text: 'a', unsaved: 2 }, [[]]],
    ['is valid if it is empty and need not be filled', { text: '' }, [[]]],
    ['is missing if it must be filled and is empty', { text: '', required: true }, [['valueMissing'], NOTHING]],
    ['is missing before the text is there', { required: true }, [['valueMissing'], NOTHING]],
    ['is valid with exactly as much as it may have', { text: 'abc', maxlength: 3 }, [[]]],
    [
      'is too long with one unit more, in UTF-16',
      { text: 'ab😀', maxlength: 3 },
      [['tooLong'], 'Shorten this text to 3 characters; it has 4.'],
    ],
    ['may have a maximum of nothing', { text: 'a', maxlength: 0 }, [['tooLong'], expect.any(String) as string]],
    [
      'is not saved yet, if its form waits for that',
      { text: 'a', unsaved: 1, flushes: true },
      [['customError'], 'This text is not saved yet.'],
    ],
    ['is valid once it is saved', { text: 'a', flushes: true }, [[]]],
    [
      'says what the person can mend before what only takes time',
      { text: '', unsaved: 1, required: true, flushes: true },
      [['valueMissing'], NOTHING],
    ],
  ])('%s', (_, given, told) => {
    expect(validityOf(given)).toEqual(told);
  });
});
