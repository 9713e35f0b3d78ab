import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { root } from '../scripts/build.mjs';
import { pack } from '../scripts/pack.ts';
import { ownEnvironment } from '../kit/own-environment.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Programs of somebody else, one per framework. */
const PROGRAMS = {
  'react.tsx': `
    import { useRef } from 'react';
    import { useDocument, usePeople, WeftEditor } from 'weftdoc/react';
    import type { DocumentSnapshot, EmbedPerson, WeftEditorElement } from 'weftdoc/react';
    export function App({ id, token }: { id: string; token: () => Promise<string> }) {
      const editor = useRef<WeftEditorElement>(null);
      const notes: DocumentSnapshot = useDocument({ document: id, token, user: { name: 'Ann' } });
      const people: readonly EmbedPerson[] = usePeople(notes.session);
      return (
        <WeftEditor
          ref={editor}
          document={id}
          token={token}
          lineNumbers
          className="notes"
          style={{ height: 300 }}
          onChange={({ origin, edit }, event) => {
            const isRemote: boolean = origin === 'remote';
            event.preventDefault();
            return [isRemote, edit];
          }}
          onReady={() => editor.current!.flush()}
        >
          {people.length} read {notes.text}
        </WeftEditor>
      );
    }
    // @ts-expect-error A document is needed.
    export const wrong = <WeftEditor />;
    // @ts-expect-error A mode is edit or view.
    export const wrongMode = <WeftEditor document="notes" mode="write" />;
  `,
  'vue.mts': `
    import { h, ref, type ComputedRef } from 'vue';
    import { useDocument, usePeople, WeftEditor, type EmbedHandle } from 'weftdoc/vue';
    export const notes = useDocument(() => ({ document: 'notes', token: async () => 'a token' }));
    export const text: ComputedRef<string> = notes.text;
    export const first: string | undefined = usePeople(notes.session).value[0]?.name;
    const onChange = ({ origin }: { origin: 'local' | 'remote' }) => origin;
    export const vnode = h(WeftEditor, { document: 'notes', lineNumbers: true, token: () => 'a token', onChange });
    export const editor = ref<InstanceType<typeof WeftEditor>>();
    export const handle = (): EmbedHandle => editor.value!;
    // @ts-expect-error A mode is edit or view.
    export const wrong = h(WeftEditor, { document: 'notes', mode: 'write' });
  `,
  'svelte.mts': `
    import { mount, type ComponentProps } from 'svelte';
    import { documentState, peopleState, WeftEditor, type DocumentSnapshot, type EmbedHandle } from 'weftdoc/svelte';
    export const notes: DocumentSnapshot = documentState({ document: 'notes', token: async () => 'a token' });
    export const names: string[] = peopleState(() => notes.session).current.map(({ name }) => name);
    export const editor: EmbedHandle = mount(WeftEditor, { target: document.body, props: { document: 'notes' } });
    export const right: ComponentProps<typeof WeftEditor> = { document: 'notes', class: 'notes', onstate: ({ state }) => state };
    // @ts-expect-error A document is needed.
    export const wrong: ComponentProps<typeof WeftEditor> = {};
  `,
};

let place: string;

beforeAll(() => {
  place = temporaryFolder();
  const modules = path.join(place, 'node_modules');
  mkdirSync(path.join(modules, 'weftdoc'), { recursive: true });
  const tarball = path.join(place, pack(place).filename);
  execFileSync('tar', ['-xzf', tarball, '-C', path.join(modules, 'weftdoc'), '--strip-components=1']);
  for (const name of ['react', 'vue', 'svelte', 'idb', 'zod', '@types'])
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  writeFileSync(path.join(place, 'package.json'), '{ "type": "module" }');
});

it.each([
  ['NodeNext', 'NodeNext'],
  ['Bundler', 'ESNext'],
])('the types of the bindings are whole, resolved as by %s', (moduleResolution, module) => {
  const files = Object.entries(PROGRAMS).map(([name, program]) => {
    writeFileSync(path.join(place, name), program);
    return name;
  });
  const compilerOptions = {
    ...{ noEmit: true, strict: true, exactOptionalPropertyTypes: true, target: 'ES2022', jsx: 'react-jsx' },
    // Declarations of packages are checked as well, those of the language are not.
    ...{ skipLibCheck: false, skipDefaultLibCheck: true, types: ['react'], lib: ['ES2023', 'DOM', 'DOM.Iterable'] },
    ...{ module, moduleResolution },
  };
  writeFileSync(path.join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  expect(spawnSync(process.execPath, [compiler, '-p', place], { encoding: 'utf8' }).stdout).toBe('');
});

it.each([
  ['react', 'WeftEditor useDocument usePeople'],
  ['vue', 'WeftEditor useDocument usePeople'],
])('weftdoc/%s can be imported by a server, and touches nothing of a page there', (entry, names) => {
  const program = `console.log(Object.keys(await import('weftdoc/${entry}')).join(' '))`;
  const options = ['--input-type=module', '--eval', program];
  expect(execFileSync(process.execPath, options, { cwd: place, encoding: 'utf8', env: ownEnvironment() }).trim()).toBe(
    names,
  );
});
