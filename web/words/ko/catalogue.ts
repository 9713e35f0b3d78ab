import type { Catalogue } from '../words.ts';
import { counts } from './counts.ts';
import { parts } from './parts.ts';
import { preview } from './preview.ts';

/** All words of the page in Korean. */
export const catalogue: Catalogue = { counts, parts, preview };
