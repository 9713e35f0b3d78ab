import { describe, expect, it } from 'vitest';
import { userNameSchema } from '../../shared/protocol/fields.ts';
import { PERSON_COLORS } from '../../shared/person-colors.ts';
import {
  ADJECTIVES,
  ANIMALS,
  guestFromClientId,
  newGuest,
  guestFromCookie,
  cookieOfGuest,
  sessionIdOf,
} from './identity.ts';

const secret = 'a secret of thirty-two bytes or more';
const clientId = 'A'.repeat(22);

describe('session cookie', () => {
  const guest = newGuest();
  const cookie = cookieOfGuest(secret, guest);

  it('comes back as the user it was made for', () => {
    expect(guestFromCookie(secret, cookie)).toEqual(guest);
    const named = { ...guest, name: '김 민아 👩‍🚀'.repeat(3) };
    expect(guestFromCookie(secret, cookieOfGuest(secret, named))).toEqual(named);
    expect(cookie).toMatch(/^[\w.-]+$/);
  });

  it('is refused with any one character altered', () => {
    for (let index = 0; index < cookie.length; index += 1) {
      const other = cookie[index] === 'A' ? 'B' : 'A';
      const altered = cookie.slice(0, index) + other + cookie.slice(index + 1);
      // The last character of base64url holds bits that no byte uses; an alteration of those alone decodes to the same MAC.
      const sameBytes = Buffer.from(altered.split('.')[1] ?? '', 'base64url').equals(
        Buffer.from(cookie.split('.')[1]!, 'base64url'),
      );
      if (index > cookie.indexOf('.') && sameBytes) continue;
      expect(guestFromCookie(secret, altered), altered).toBeUndefined();
    }
  });

  it.each(['', '.', 'a.b', `${cookie}.x`, `${cookie.split('.')[0]}.`, cookie.split('.')[0]!, 'x'.repeat(100_000)])(
    'is refused when it reads %.60s',
    (value) => expect(guestFromCookie(secret, value)).toBeUndefined(),
  );

  it('is refused under another secret', () => {
    expect(guestFromCookie(`${secret}!`, cookie)).toBeUndefined();
  });

  it('is refused when well signed but not a guest', () => {
    expect(guestFromCookie(secret, cookieOfGuest(secret, { ...guest, id: 'admin' }))).toBeUndefined();
    expect(guestFromCookie(secret, cookieOfGuest(secret, { ...guest, name: 'two\nlines' }))).toBeUndefined();
  });
});

describe('guests', () => {
  it('get an id, a friendly name and one of the twelve colours', () => {
    for (let round = 0; round < 200; round += 1) {
      const guest = newGuest();
      const [adjective, animal] = guest.name.split(' ');
      expect(guest.id).toMatch(/^guest_[\w-]{22}$/);
      expect(ADJECTIVES).toContain(adjective);
      expect(ANIMALS).toContain(animal);
      expect(PERSON_COLORS.map(({ value }) => value)).toContain(guest.color);
      expect(userNameSchema.safeParse(guest.name).success).toBe(true);
    }
  });

  it('choose from lists without doubles', () => {
    for (const list of [ADJECTIVES, ANIMALS, PERSON_COLORS.map(({ value }) => value)])
      expect(new Set(list).size).toBe(list.length);
    expect(Math.min(ADJECTIVES.length, ANIMALS.length)).toBeGreaterThanOrEqual(40);
    expect(PERSON_COLORS).toHaveLength(12);
  });

  it('of one clientId are one guest, and its id is not the clientId', () => {
    const guest = guestFromClientId(secret, clientId);
    expect(guestFromClientId(secret, clientId)).toEqual(guest);
    expect(guestFromClientId(secret, `${clientId}B`).id).not.toBe(guest.id);
    expect(guestFromClientId(`${secret}!`, clientId).id).not.toBe(guest.id);
    expect(JSON.stringify(guest)).not.toContain(clientId);
  });
});

describe('sessionIdOf', () => {
  it('is stable, and differs by document, client and secret', () => {
    const id = sessionIdOf(secret, 'doc', clientId);
    expect(id).toMatch(/^[\w-]{16}$/);
    expect(sessionIdOf(secret, 'doc', clientId)).toBe(id);
    expect(
      new Set([
        id,
        sessionIdOf(secret, 'other', clientId),
        sessionIdOf(secret, 'doc', `${clientId}B`),
        sessionIdOf(`${secret}!`, 'doc', clientId),
        sessionIdOf(secret, `doc${clientId[0]}`, clientId.slice(1)),
      ]).size,
    ).toBe(5);
  });
});
