export interface Metric {
  readonly label: string;
  readonly unit: string;
  /** Places after the point. */
  readonly digits: number;
}

/** The figures that workloads report, and how they are shown. */
export const METRICS: Readonly<Record<string, Metric>> = {
  changesPerSecond: { label: 'changes', unit: '/s', digits: 0 },
  p50: { label: 'p50', unit: 'ms', digits: 2 },
  p99: { label: 'p99', unit: 'ms', digits: 2 },
  cpuPerChange: { label: 'server CPU per change', unit: 'µs', digits: 1 },
  cpuPerDelivery: { label: 'server CPU per delivery', unit: 'µs', digits: 1 },
  paintedP50: { label: 'key to painted letter, p50', unit: 'ms', digits: 1 },
  paintedP95: { label: 'p95', unit: 'ms', digits: 1 },
  paintedEmptyP95: { label: 'p95 in an empty CodeMirror', unit: 'ms', digits: 1 },
  openPlainMilliseconds: { label: 'until one of letters can be edited', unit: 'ms', digits: 0 },
  paintedPlainP95: { label: 'p95 in one of letters', unit: 'ms', digits: 1 },
  paintedAbove: { label: 'p95 above an empty CodeMirror', unit: 'ms', digits: 1 },
  longestTask: { label: 'longest task above 50 ms, typing', unit: 'ms', digits: 0 },
  longestLoadTask: { label: 'longest task above 50 ms, opening', unit: 'ms', digits: 0 },
  pageShare: { label: "page's main thread", unit: '% of a core', digits: 1 },
  emptyPageShare: { label: 'empty page', unit: '% of a core', digits: 1 },
  firstText: { label: 'first letters of the document on the screen after', unit: 'ms', digits: 0 },
  firstLoad: { label: 'JavaScript of the first load, gzipped', unit: 'KiB', digits: 1 },
  elementFirst: { label: '`<weft-editor>`, first visit, p50', unit: 'ms', digits: 0 },
  elementFirstP95: { label: 'p95', unit: 'ms', digits: 0 },
  elementReady: { label: '`weft-ready`, p50', unit: 'ms', digits: 0 },
  elementAgain: { label: 'third visit, p50', unit: 'ms', digits: 0 },
  elementAgainP95: { label: 'p95', unit: 'ms', digits: 0 },
  codemirrorFirst: { label: 'bare CodeMirror, first visit, p50', unit: 'ms', digits: 0 },
  codemirrorFirstP95: { label: 'p95', unit: 'ms', digits: 0 },
  codemirrorAgain: { label: 'third visit, p50', unit: 'ms', digits: 0 },
  codemirrorAgainP95: { label: 'p95', unit: 'ms', digits: 0 },
  frameFirst: { label: '`mountFrame`, first visit, p50', unit: 'ms', digits: 0 },
  frameFirstP95: { label: 'p95', unit: 'ms', digits: 0 },
  frameAgain: { label: 'third visit, p50', unit: 'ms', digits: 0 },
  frameAgainP95: { label: 'p95', unit: 'ms', digits: 0 },
  appFirst: { label: 'iframe of the app, first visit, p50', unit: 'ms', digits: 0 },
  appFirstP95: { label: 'p95', unit: 'ms', digits: 0 },
  appAgain: { label: 'third visit, p50', unit: 'ms', digits: 0 },
  appAgainP95: { label: 'p95', unit: 'ms', digits: 0 },
  oneAll: { label: 'until one element shows text', unit: 'ms', digits: 0 },
  twentyAll: { label: 'until 20 of 20 documents do', unit: 'ms', digits: 0 },
  twentySameAll: { label: 'until 20 of one document do', unit: 'ms', digits: 0 },
  oneHeapMebibytes: { label: 'JavaScript memory of a page with one', unit: 'MiB', digits: 1 },
  kibPerElement: { label: 'of each one more', unit: 'KiB', digits: 0 },
  kibPerElementSame: { label: 'of one document', unit: 'KiB', digits: 0 },
  sockets: { label: 'sockets of 20', unit: '', digits: 0 },
  socketsSame: { label: 'of one document', unit: '', digits: 0 },
  sheetsOfOne: { label: 'style sheets of one', unit: '', digits: 0 },
  sheets: { label: 'of 20', unit: '', digits: 0 },
  paintedOneP50: { label: 'key to painted letter in one, p50', unit: 'ms', digits: 1 },
  paintedOneP95: { label: 'p95', unit: 'ms', digits: 1 },
  paintedTwentyP50: { label: 'beside 19 others, p50', unit: 'ms', digits: 1 },
  paintedTwentyP95: { label: 'p95', unit: 'ms', digits: 1 },
  paintedTwentySameP50: { label: 'beside 19 of the same document, p50', unit: 'ms', digits: 1 },
  paintedTwentySameP95: { label: 'p95', unit: 'ms', digits: 1 },
  serverShare: { label: 'server', unit: '% of its core', digits: 1 },
  kibPerConnection: { label: 'memory per connection', unit: 'KiB', digits: 1 },
  residentMegabytes: { label: 'server memory', unit: 'MB', digits: 0 },
  peakMegabytes: { label: 'server memory at its highest', unit: 'MB', digits: 0 },
  keystrokesPerSecond: { label: 'keystrokes', unit: '/s', digits: 0 },
  cpuPerKeystroke: { label: 'server CPU per keystroke', unit: 'µs', digits: 1 },
  openMilliseconds: { label: 'until a new client has it', unit: 'ms', digits: 1 },
  oldVersionMilliseconds: { label: 'until a version in the middle is read', unit: 'ms', digits: 1 },
  openBytesPerByte: { label: 'bytes received per byte of text', unit: '', digits: 2 },
  stormMilliseconds: { label: 'until all have caught up', unit: 'ms', digits: 0 },
  cpuPerClient: { label: 'server CPU per client', unit: 'ms', digits: 2 },
  bytesPerClient: { label: 'received per client', unit: 'bytes', digits: 0 },
  staleMilliseconds: { label: 'until caught up and saved', unit: 'ms', digits: 0 },
  cutP50: { label: 'until who is cut has heard, p50', unit: 'ms', digits: 1 },
  cutP99: { label: 'p99', unit: 'ms', digits: 1 },
  cutMax: { label: 'longest', unit: 'ms', digits: 1 },
  roleMax: { label: 'longest of a role', unit: 'ms', digits: 1 },
  endMax: { label: 'longest of a link', unit: 'ms', digits: 1 },
  p99Alone: { label: 'p99 alone', unit: 'ms', digits: 2 },
  slowedDown: { label: 'slowed down', unit: '×', digits: 2 },
  p99Noticed: { label: 'p99 after the first second', unit: 'ms', digits: 2 },
  slowedDownNoticed: { label: 'slowed down after it', unit: '×', digits: 2 },
  slowReadersClosed: { label: 'closed', unit: 'readers', digits: 0 },
  slowReadersClosedAfter: { label: 'the last after', unit: 's', digits: 1 },
  kibPerSlowReader: { label: 'memory per slow reader', unit: 'KiB', digits: 0 },
  kernelKibPerSlowReader: { label: "the kernel's", unit: 'KiB', digits: 0 },
  kibPerSilent: { label: 'memory per silent socket', unit: 'KiB', digits: 1 },
  kibPerUnjoined: { label: 'per socket with a message that never ends', unit: 'KiB', digits: 0 },
  longestTurn: { label: "longest turn of the server's loop", unit: 'ms', digits: 0 },
  longestWait: { label: 'the longest wait of others', unit: 'ms', digits: 0 },
  heldMebibytes: { label: 'memory above before', unit: 'MiB', digits: 0 },
  kernelMebibytes: { label: "the kernel's", unit: 'MiB', digits: 0 },
  socketsHeld: { label: 'sockets still held', unit: '', digits: 0 },
  diskMegabytes: { label: 'written to disk', unit: 'MB', digits: 0 },
  documentsMade: { label: 'documents made', unit: '', digits: 0 },
  pagesRead: { label: 'pages read', unit: '', digits: 0 },
  sentMegabytes: { label: 'sent to readers', unit: 'MB', digits: 1 },
  status: { label: 'worst answer', unit: '', digits: 0 },
  stopSeconds: { label: 'until stopped', unit: 's', digits: 1 },
  exitCode: { label: 'exit code', unit: '', digits: 0 },
  bytesPerKeystroke: { label: 'up to 100 keystrokes per change', unit: 'bytes each', digits: 2 },
  bytesPerKeystrokeCompacted: { label: 'compacted', unit: 'bytes each', digits: 2 },
  bytesPerSingleKeystroke: { label: 'every keystroke a change', unit: 'bytes each', digits: 2 },
  bytesPerSingleKeystrokeCompacted: { label: 'compacted', unit: 'bytes each', digits: 2 },
  loadShare: { label: 'load', unit: '% of its core', digits: 0 },
  foreignShare: { label: 'other work', unit: '% of the machine', digits: 0 },
};

/** Metrics that are shares, shown in percent. */
const SHARES = new Set(['loadShare', 'foreignShare', 'serverShare', 'pageShare', 'emptyPageShare']);

/** A figure as people read it. */
export function show(name: string, value: number): string {
  if (Number.isNaN(value)) return '–';
  const metric = METRICS[name] ?? { label: name, unit: '', digits: 1 };
  const shown = SHARES.has(name) ? value * 100 : value;
  const options = { minimumFractionDigits: metric.digits, maximumFractionDigits: metric.digits };
  const space = metric.unit.startsWith('/') || metric.unit === '' ? '' : ' ';
  return `${shown.toLocaleString('en', options)}${space}${metric.unit}`;
}
