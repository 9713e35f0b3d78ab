import { expect, it } from 'vitest';
import { hashPassword, isPassword } from './password.ts';

it('N4 hashes a password with a salt and a cost, and knows it again', () => {
  const [one, two] = [hashPassword('pässword'), hashPassword('pässword')];
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(isPassword('pa\u0308ssword', two)).toBe(true);
  expect(isPassword('password', two)).toBe(false);
});

it('goes by the cost that the hash was made with', () => {
  const cheap = 'scrypt$2$1$1$c2FsdA$7hcxLK6NoSxrQDLmQH6DUd5yP5ZGvHQJvuKQFxZXf1M';
  expect(isPassword('x', cheap)).toBe(false);
});

it.each(['', 'plain', 'bcrypt$1$2$3$4$5', 'scrypt$2$1'])('throws where a hash is none: %j', (hash) => {
  expect(() => isPassword('x', hash)).toThrow('no hash');
});
