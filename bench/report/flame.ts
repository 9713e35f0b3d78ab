import { escape } from './svg.ts';

/** What Node writes with `--cpu-prof`, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** A call as it is drawn: all calls of one function from one caller together. */
interface Frame {
  readonly label: string;
  /** Microseconds, with those of its calls. */
  total: number;
  readonly calls: Map<string, Frame>;
}

const WIDTH = 1200;
const ROW = 17;
const TOP = 34;
/** Narrower than so many pixels is not drawn. */
const NARROWEST = 1;
/** Pixels of one letter. */
const LETTER = 6.2;
const WAITING = new Set(['(idle)', '(program)']);

/** Flame graphs of several threads under each other, the busiest first; what a thread waited is left out. */
export function flameGraph(title: string, profiles: readonly CpuProfile[]): string {
  const threads = profiles.map(frameOf).sort((a, b) => b.total - a.total);
  let y = TOP;
  const rows = threads.flatMap((thread) => {
    const drawn = draw(thread, { x: 0, y, perPixel: threads[0]!.total / WIDTH, whole: thread.total });
    y += depthOf(thread) * ROW + ROW;
    return drawn;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="${escape(title)}">`,
    '<style>text{font:10px ui-monospace,monospace;fill:#24292f}.title{font:600 13px system-ui,sans-serif}rect{fill:#f2c078;stroke:#fff;stroke-width:.5}',
    '.ours{fill:#5fb3a8}@media (prefers-color-scheme:dark){.title{fill:#e6edf3}}</style>',
    `<text x="4" y="20" class="title">${escape(title)}</text>`,
    ...rows,
    '</svg>\n',
  ].join('\n');
}

function frameOf({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const add = (node: ProfileNode, into: Frame): number => {
    let total = own.get(node.id) ?? 0;
    for (const id of node.children ?? []) {
      const child = byId.get(id)!;
      if (WAITING.has(child.callFrame.functionName)) continue;
      const label = labelOf(child);
      const frame = into.calls.get(label) ?? { label, total: 0, calls: new Map() };
      into.calls.set(label, frame);
      total += add(child, frame);
    }
    into.total += total;
    return total;
  };
  const root: Frame = { label: 'thread', total: 0, calls: new Map() };
  add(nodes[0]!, root);
  return root;
}

function labelOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = /(?:(?:server|shared|node_modules)\/.*|node:.*)$/.exec(url)?.[0] ?? url;
  return file === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}

function draw(frame: Frame, place: { x: number; y: number; perPixel: number; whole: number }): string[] {
  const width = frame.total / place.perPixel;
  if (width < NARROWEST) return [];
  const share = ((frame.total / place.whole) * 100).toFixed(1);
  const letters = Math.floor(width / LETTER) - 1;
  const isOurs = /(^| )(server|shared)\//.test(frame.label);
  const box = `x="${place.x.toFixed(1)}" y="${place.y}" width="${width.toFixed(1)}" height="${ROW - 1}"`;
  const text =
    letters < 3
      ? ''
      : `<text x="${(place.x + 3).toFixed(1)}" y="${place.y + 12}">${escape(frame.label.slice(0, letters))}</text>`;
  const drawn = [
    `<g><title>${escape(frame.label)}: ${share} %</title><rect ${box}${isOurs ? ' class="ours"' : ''}/>${text}</g>`,
  ];
  let { x } = place;
  for (const call of [...frame.calls.values()].sort((a, b) => b.total - a.total)) {
    drawn.push(...draw(call, { ...place, x, y: place.y + ROW }));
    x += call.total / place.perPixel;
  }
  return drawn;
}

function depthOf(frame: Frame): number {
  return 1 + Math.max(0, ...[...frame.calls.values()].map(depthOf));
}
