import type { Catalogue } from '../words.ts';
import { counts } from './counts.ts';
import { links } from './links.ts';
import { editor } from './editor.ts';
import { find } from './find.ts';
import { parts } from './parts.ts';
import { roles } from './roles.ts';
import { share } from './share.ts';

/** All words of the page in Korean. */
export const catalogue: Catalogue = { counts, editor, find, links, parts, roles, share };
