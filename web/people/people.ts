import type { Collaborator } from '../../shared/protocol/presence-messages.ts';
import { ROLES, type Role } from '../../shared/protocol/roles.ts';

/** Somebody who is here, however many tabs they have open. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly color: string;
  /** The highest of their tabs. */
  readonly role: Role;
  readonly isSelf: boolean;
  /** In none of their tabs at the moment. */
  readonly isIdle: boolean;
  /** Their tabs; the one to follow first. */
  readonly sessionIds: readonly string[];
}

/** Groups sessions by user, oneself first, the others in the order given. */
export function peopleOf(collaborators: readonly Collaborator[], ownUserId: string | undefined): Person[] {
  const byUser = new Map<string, Collaborator[]>();
  for (const one of collaborators) {
    const sessions = byUser.get(one.user.id);
    if (sessions === undefined) byUser.set(one.user.id, [one]);
    else sessions.push(one);
  }
  const people = [...byUser.values()].map((sessions): Person => {
    const { id, name, color } = sessions[0]!.user;
    const byUse = [...sessions].sort((a, b) => rank(a) - rank(b));
    return {
      userId: id,
      name,
      color,
      role: ROLES.find((role) => sessions.some((session) => session.role === role))!,
      isSelf: id === ownUserId,
      isIdle: sessions.every((session) => session.state !== 'active'),
      sessionIds: byUse.map((session) => session.sessionId),
    };
  });
  return [...people.filter((person) => person.isSelf), ...people.filter((person) => !person.isSelf)];
}

/** `next`, with the objects of `before` for those who have not changed; `before` itself if nobody has, so that nothing is drawn. */
export function keepPeople(before: readonly Person[], next: readonly Person[]): readonly Person[] {
  const kept = next.map((person) => {
    const old = before.find((one) => one.userId === person.userId);
    return old !== undefined && isSamePerson(old, person) ? old : person;
  });
  return kept.length === before.length && kept.every((person, index) => person === before[index]) ? before : kept;
}

function isSamePerson(a: Person, b: Person): boolean {
  return (
    a.name === b.name &&
    a.color === b.color &&
    a.role === b.role &&
    a.isSelf === b.isSelf &&
    a.isIdle === b.isIdle &&
    a.sessionIds.length === b.sessionIds.length &&
    a.sessionIds.every((id, index) => id === b.sessionIds[index])
  );
}

/** Worth following: has a caret, and is there. */
function rank(session: Collaborator): number {
  return (session.cursor === null ? 2 : 0) + (session.state === 'active' ? 0 : 1);
}
