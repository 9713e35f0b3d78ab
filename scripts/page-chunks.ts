import path from 'node:path';

const WEB = path.join(import.meta.dirname, '../web');

/** What the bundler tells of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/**
 * Which file a module of the page goes into: what every page needs is one file, what the page of a document needs besides another. The
 * bundler by itself makes a file for every set of parts that share a module: 30 files of half a kilobyte, which each compress
 * badly (12 KiB more in all) and are each a request. Undefined where the bundler decides.
 */
export function pageChunkOf(id: string, graph: ModuleGraph): 'app' | 'document' | undefined {
  const { everywhere, document } = firstLoads(graph);
  if (everywhere.has(id)) return 'app';
  return document.has(id) ? 'document' : undefined;
}

interface FirstLoads {
  readonly everywhere: ReadonlySet<string>;
  readonly document: ReadonlySet<string>;
}

const known = new WeakMap<ModuleGraph, FirstLoads>();

function firstLoads(graph: ModuleGraph): FirstLoads {
  let found = known.get(graph);
  if (found === undefined) known.set(graph, (found = read(graph)));
  return found;
}

function read(graph: ModuleGraph): FirstLoads {
  const [main, document, home] = ['main.ts', 'pages/DocumentPage.svelte', 'pages/HomePage.svelte'].map((entry) =>
    reachable(graph, path.join(WEB, entry)),
  ) as [ReadonlySet<string>, ReadonlySet<string>, ReadonlySet<string>];
  return {
    everywhere: new Set([...main, ...[...document].filter((id) => home.has(id))]),
    document,
  };
}

/** Everything that a module needs before it runs. */
function reachable(graph: ModuleGraph, entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}
