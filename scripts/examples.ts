import { parseArgs } from 'node:util';
import { findProjects, installPackage } from './examples/projects.ts';
import { startExamples } from './examples/start.ts';

const USAGE = `npm run examples -- [NAME …] [--port n]

Packs Weft, starts it with a fresh data folder, and starts the projects of examples/ that are named, or all of them.
  --port n   Weft listens there, and the examples on the ports behind it (default: free ports)`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) console.log(USAGE);
  else await run(positionals, values.port);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(names: readonly string[], given: string | undefined): Promise<void> {
  const port = given === undefined ? undefined : Number(given);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_500))
    throw new Error(`--port is ${given}, and must be a whole number from 1 to 65499`);
  const projects = findProjects(names);
  console.log('Packing Weft …');
  installPackage(console.log);
  console.log('Starting the examples …');
  const examples = await startExamples(projects, port);
  const rows = [...examples.links, { name: 'Weft itself', url: examples.documentUrl }];
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${rows.map(({ name, url }) => `  ${name.padEnd(width)}  ${url}`).join('\n')}\n`);
  console.log('Open one of them twice, or two of them. Press Ctrl+C to stop');
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (isEnding) return;
      isEnding = true;
      console.log('Stopping …');
      void examples.stop().then(() => process.exit(0));
    });
}
