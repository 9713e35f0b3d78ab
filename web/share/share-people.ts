import { ROLES, type Role } from '../../shared/protocol/roles.ts';
import type { User } from '../../shared/protocol/fields.ts';
import type { MemberBody } from '../links/sharing-api.ts';
import type { Person } from '../people/people.ts';

/** Somebody in the share dialog: a member, or somebody who is here without being one. */
export interface SharePerson {
  readonly user: User;
  /** Their role as a member; undefined if they are here by the address or a link. */
  readonly member: Role | undefined;
  /** Their role in the open document; undefined if they are not here. */
  readonly here: Role | undefined;
  readonly isSelf: boolean;
}

/** Members from the highest role to the lowest, then everybody else who is here. */
export function sharePeople(members: readonly MemberBody[], people: readonly Person[], ownId?: string): SharePerson[] {
  const here = new Map(people.map((person) => [person.userId, person]));
  const rank = (role: Role): number => ROLES.indexOf(role);
  const named = [...members]
    .sort((a, b) => rank(a.role) - rank(b.role) || a.addedAt - b.addedAt)
    .map(({ user, role }): SharePerson => {
      const person = here.get(user.id);
      // Those who are here may have a newer name or colour.
      const shown = person === undefined ? user : userOf(person);
      return { user: shown, member: role, here: person?.role, isSelf: user.id === ownId };
    });
  const known = new Set(members.map(({ user }) => user.id));
  const others = people
    .filter(({ userId }) => !known.has(userId))
    .map((person): SharePerson => ({
      user: userOf(person),
      member: undefined,
      here: person.role,
      isSelf: person.isSelf,
    }));
  return [...named, ...others];
}

function userOf({ userId, name, color }: Person): User {
  return { id: userId, name, color };
}
