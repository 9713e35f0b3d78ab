import { createContext } from 'svelte';
import type { Router } from './router.svelte.ts';
import type { Announcer } from './announcer.svelte.ts';
import type { Commands } from './commands.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { CurrentUser } from './current-user.svelte.ts';

/** What every page and component may use. */
export interface AppContext {
  readonly router: Router;
  readonly currentUser: CurrentUser;
  readonly announcer: Announcer;
  readonly toasts: Toasts;
  readonly commands: Commands;
}

export const [getApp, setApp] = createContext<AppContext>();
