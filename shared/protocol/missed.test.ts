import { expect, it } from 'vitest';
import { ProtocolError } from './frame.ts';
import { parseServerMessage } from './decode-server-message.ts';

const user = { id: 'u', name: 'U', color: '#112233' };
const answer = {
  ...{ type: 'document-sync', documentId: 'd', version: 9, timestamp: 1030, seq: 6, title: 't', count: 1 },
  session: { id: 'me', user, role: 'editor' },
  limits: { messageBytes: 1, operations: 1, documentLength: 1 },
  ...{ collaborators: [], heartbeatInterval: 1 },
};
const authors = [
  ['u', 'me'],
  ['v', 'they'],
];

it('J10 reads the short form as the updates that it stands for, own changes with their seqs', () => {
  const changes = [
    [0, 0, 'a'],
    [1, 20, 3, 'b', -2],
    [0, 10, 1, -1],
    [1, 0],
  ];
  const message = parseServerMessage({ ...answer, missed: { timestamp: 1000, authors, changes } });
  const they = { userId: 'v', sessionId: 'they' };
  const me = { userId: 'u', sessionId: 'me' };
  expect(message).toEqual({
    ...answer,
    updates: [
      { version: 6, timestamp: 1000, operations: [{ type: 'insert', position: 0, text: 'a' }], ...me, seq: 5 },
      { version: 7, timestamp: 1020, operations: [{ type: 'replace', from: 3, to: 5, text: 'b' }], ...they },
      { version: 8, timestamp: 1030, operations: [{ type: 'delete', from: 1, to: 2 }], ...me, seq: 6 },
      { version: 9, timestamp: 1030, operations: [], ...they },
    ],
  });
});

it('J10 refuses a change without an author or a time', () => {
  for (const row of [[2, 0, 'a'], ['0', 0, 'a'], [0, 'a'], [0]]) {
    const message = { ...answer, missed: { timestamp: 0, authors, changes: [row] } };
    expect(() => parseServerMessage(message), JSON.stringify(row)).toThrow(ProtocolError);
  }
});
