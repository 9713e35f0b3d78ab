import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { wordsInCode } from './words-in-code.ts';

const ROOT = path.dirname(import.meta.dirname);

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'web'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(svelte|ts)$/.test(file) && !/\.test\.ts$|^web\/(words|gallery|testing)\//.test(file));

it.each(files)('%s takes its words from the catalogue', (file) => {
  const found = wordsInCode(readFileSync(path.join(ROOT, file), 'utf8'), file.endsWith('.ts'));
  const shown = found.map(({ words, line }) => `line ${line}: ${words}`);
  expect(shown).toEqual([]);
});

it.each([
  ['a text', '<p>Hello there</p>', ['Hello there']],
  ['a text beside a name', '<title>{name} – Weft</title>', []],
  ['a label', '<button aria-label="Close">x</button>', ['Close']],
  ['a choice of labels', `<b title={isOn ? 'On it' : words.off}></b>`, ['On it']],
  ['a choice of texts', `<b>{state === 'copied' ? 'Copied' : label}</b>`, ['Copied']],
  ['a piece of a text', '<b>{`${count} below`}</b>', ['below']],
  ['what a component calls its part', '<Lazy what="Help" />', ['Help']],
  ['a name of a class', '<b class="icon-button" data-testid="share">{count}</b>', []],
  ['a sample', '<code># Heading</code>', []],
  ['what is done there', `<b onclick={() => choose('some thing')}>{count}</b>`, []],
  ['a toast', `<script>toasts.show('Done');</script>`, ['Done']],
  ['a toast with a value', '<script>toasts.show(`The title ${problem}`);</script>', ['The title']],
  ['a sentence in code', `<script>const problem = 'It did not work.';</script>`, ['It did not work.']],
  ['the message of an error', `<script>throw new TypeError('It did not work.');</script>`, []],
  ['what is looked for', `<script>at.closest('dialog input');</script>`, []],
] as const)('finds %s', (_name, source, words) => {
  expect(wordsInCode(source, false).map((found) => found.words)).toEqual(words);
});

it('says where in a module', () => {
  expect(wordsInCode(`const one = 1;\nexport const two = 'The second one';\n`, true)).toEqual([
    { words: 'The second one', line: 2 },
  ]);
});
