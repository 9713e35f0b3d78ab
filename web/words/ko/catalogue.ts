import type { Catalogue } from '../words.ts';
import { counts } from './counts.ts';
import { links } from './links.ts';
import { parts } from './parts.ts';
import { roles } from './roles.ts';
import { share } from './share.ts';

/** All words of the page in Korean. */
export const catalogue: Catalogue = { counts, links, parts, roles, share };
