import type { Catalogue } from '../words.ts';
import { counts } from './counts.ts';
import { home } from './home.ts';
import { parts } from './parts.ts';
import { templates } from './templates.ts';

/** All words of the page in Korean. */
export const catalogue: Catalogue = { counts, home, parts, templates };
