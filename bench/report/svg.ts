/** One bar. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** As people read it. */
  readonly shown: string;
  readonly isOurs: boolean;
}

const WIDTH = 720;
const LABELS = 200;
const FIGURES = 110;
const ROW = 26;
const BAR = 16;
const TOP = 44;

/** Horizontal bars under a title. Colours fit a light and a dark page. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const height = TOP + bars.length * ROW + 12;
  const largest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const rows = bars.map(({ label, value, shown, isOurs }, index) => {
    const y = TOP + index * ROW;
    const length = Math.max(1, Math.round((value / largest) * (WIDTH - LABELS - FIGURES)));
    const text = y + BAR - 4;
    return [
      `<text x="${LABELS - 10}" y="${text}" text-anchor="end">${escape(label)}</text>`,
      `<rect x="${LABELS}" y="${y}" width="${length}" height="${BAR}" rx="2" class="${isOurs ? 'ours' : 'theirs'}"/>`,
      `<text x="${LABELS + length + 8}" y="${text}">${escape(shown)}</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">`,
    '<style>text{font:13px system-ui,sans-serif;fill:#24292f}.ours{fill:#0f766e}.theirs{fill:#9aa4ae}',
    '@media (prefers-color-scheme:dark){text{fill:#e6edf3}.ours{fill:#2dd4bf}.theirs{fill:#6b7682}}</style>',
    `<text x="12" y="24" font-weight="600">${escape(title)}</text>`,
    ...rows,
    '</svg>\n',
  ].join('\n');
}

/** Text as it may stand in SVG. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
