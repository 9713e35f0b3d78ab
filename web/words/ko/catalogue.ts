import type { Catalogue } from '../words.ts';
import { app } from './app.ts';
import { commands } from './commands.ts';
import { counts } from './counts.ts';
import { editor } from './editor.ts';
import { find } from './find.ts';
import { keys } from './keys.ts';
import { parts } from './parts.ts';
import { problems } from './problems.ts';
import { settings } from './settings.ts';

/** All words of the page in Korean. */
export const catalogue: Catalogue = { app, commands, counts, editor, find, keys, parts, problems, settings };
