import { expect, it } from 'vitest';
import { reportOf } from './trouble-report.ts';

const trouble = {
  ...{ what: 'Access ended', code: 'access_removed', documentId: 'abc', connectionId: 'V1StGXR8_Z5j' },
  ...{ version: 12, unsaved: 2, time: Date.UTC(2026, 10, 25, 22, 40) },
};

it('names what happened, where and when, and nothing of what was written', () => {
  expect(reportOf(trouble)).toEqual([
    ['What', 'Access ended'],
    ['Code', 'access_removed'],
    ['Document', 'abc'],
    ['Connection', 'V1StGXR8_Z5j'],
    ['Version', '12'],
    ['Unsaved changes', '2'],
    ['Time', '2026-11-25T22:40:00.000Z'],
  ]);
});

it('says where there was no connection', () => {
  expect(reportOf({ ...trouble, connectionId: undefined })).toContainEqual(['Connection', 'none']);
});
