import type { User } from '../../shared/protocol/fields.ts';
import { ApiError, openSession } from './api.ts';

/** The user of this browser. */
export class CurrentUser {
  #user = $state.raw<User | undefined>(undefined);
  #isTurnedAway = $state(false);
  #opening: Promise<void> | undefined;

  /** Undefined until the server has answered for the first time. */
  get user(): User | undefined {
    return this.#user;
  }

  /** The server takes no guests, and this browser is not signed in. */
  get isTurnedAway(): boolean {
    return this.#isTurnedAway;
  }

  /** Makes sure that this browser has a user. Rejects with ApiError; may be called again. */
  async ensure(): Promise<void> {
    this.#opening ??= openSession().then((user) => {
      this.#user = user;
      this.#isTurnedAway = false;
    });
    try {
      await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      this.#isTurnedAway = error instanceof ApiError && error.code === 'unauthenticated';
      throw error;
    }
  }

  /** Changes the name, and the colour if given, everywhere. Rejects with ApiError. */
  async change(identity: { name: string; color?: string }): Promise<void> {
    this.#user = await openSession(identity);
  }
}
