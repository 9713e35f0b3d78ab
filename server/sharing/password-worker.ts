import { parentPort, type MessagePort } from 'node:worker_threads';
import { giveWay } from '../base/threads.ts';
import { hashPassword, isPassword } from './password.ts';

/** A question to the thread: hash a password, or check it against `hash`. */
export interface PasswordQuestion {
  readonly password: string;
  readonly hash?: string;
}

/** The hash, or whether the password was right; or why there is no answer. */
export type PasswordAnswer = { readonly result: string | boolean } | { readonly error: string };

/** A tenth of a busy core: two seconds for a password on a machine with nothing to spare. */
const NICENESS = 10;

const port = parentPort as MessagePort;

function answer({ password, hash }: PasswordQuestion): PasswordAnswer {
  try {
    return { result: hash === undefined ? hashPassword(password) : isPassword(password, hash) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

giveWay(NICENESS);
port.on('message', (question: PasswordQuestion) => port.postMessage(answer(question)));
