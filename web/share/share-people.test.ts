import { expect, it } from 'vitest';
import type { Role } from '../../shared/protocol/roles.ts';
import type { Person } from '../people/people.ts';
import { sharePeople } from './share-people.ts';

const member = (id: string, role: Role, addedAt: number) => ({
  user: { id, name: id, color: '#2e67c6' },
  role,
  addedAt,
});
const person = (userId: string, role: Role, isSelf = false): Person => ({
  ...{ userId, name: `${userId} today`, color: '#ba3d47', role, isSelf },
  ...{ isIdle: false, sessionIds: [userId] },
});

it('lists members by role and time, then who is here by the address or a link', () => {
  const members = [
    member('vic', 'viewer', 1),
    member('ed', 'editor', 3),
    member('eve', 'editor', 2),
    member('ada', 'owner', 4),
  ];
  const people = [person('ada', 'owner', true), person('joon', 'viewer'), person('ed', 'editor')];
  const listed = sharePeople(members, people, 'ada');
  expect(listed.map(({ user, member: role, here, isSelf }) => [user.name, role, here, isSelf])).toEqual([
    ['ada today', 'owner', 'owner', true],
    ['eve', 'editor', undefined, false],
    ['ed today', 'editor', 'editor', false],
    ['vic', 'viewer', undefined, false],
    ['joon today', undefined, 'viewer', false],
  ]);
});
