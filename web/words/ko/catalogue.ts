import type { Catalogue } from '../words.ts';
import { counts } from './counts.ts';
import { frame } from './frame.ts';
import { pages } from './pages.ts';
import { parts } from './parts.ts';
import { people } from './people.ts';
import { roles } from './roles.ts';
import { status } from './status.ts';
import { trouble } from './trouble.ts';
import { unloaded } from './unloaded.ts';

/** All words of the page in Korean. */
export const catalogue: Catalogue = { counts, frame, pages, parts, people, roles, status, trouble, unloaded };
