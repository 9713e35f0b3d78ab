import type { Catalogue } from '../words.ts';
import { app } from './app.ts';
import { commands } from './commands.ts';
import { counts } from './counts.ts';
import { editor } from './editor.ts';
import { embed } from './embed.ts';
import { embedding } from './embedding.ts';
import { files } from './files.ts';
import { find } from './find.ts';
import { frame } from './frame.ts';
import { home } from './home.ts';
import { keys } from './keys.ts';
import { links } from './links.ts';
import { pages } from './pages.ts';
import { parts } from './parts.ts';
import { people } from './people.ts';
import { preview } from './preview.ts';
import { problems } from './problems.ts';
import { roles } from './roles.ts';
import { settings } from './settings.ts';
import { share } from './share.ts';
import { status } from './status.ts';
import { templates } from './templates.ts';
import { trouble } from './trouble.ts';
import { unloaded } from './unloaded.ts';

/** All words of the page in Korean. */
export const catalogue: Catalogue = {
  app,
  commands,
  counts,
  editor,
  embed,
  embedding,
  files,
  find,
  frame,
  home,
  keys,
  links,
  pages,
  parts,
  people,
  preview,
  problems,
  roles,
  settings,
  share,
  status,
  templates,
  trouble,
  unloaded,
};
