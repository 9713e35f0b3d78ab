import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDER = new URL('./examples/testing/', import.meta.url);
const page = readFileSync(new URL('./testing.md', import.meta.url), 'utf8');

// They run as the project `examples` of playwright.config.ts; the failing one in testing/kit-package.test.ts.
it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.ts')))('testing.md shows %s as it is run', (name) => {
  expect(page).toContain(`\`\`\`ts\n${readFileSync(new URL(name, FOLDER), 'utf8')}\`\`\``);
});
