import { useRef, useState } from 'react';
import { useDocument, usePeople, WeftEditor, type EmbedOptions, type WeftEditorElement } from 'weftdoc/react';

/** What the address of the page says. */
export interface Given extends Pick<EmbedOptions, 'document' | 'server'> {
  /** What the host's backend would sign, if anything. */
  token?: string | undefined;
}

/** The editor with its events, and the functions that change at each rendering. */
function Editor({ document, server, token }: Given) {
  const [told, setTold] = useState<string[]>([]);
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  const editor = useRef<WeftEditorElement>(null);
  const tell = (line: string): void => setTold((before) => [...before, line]);
  return (
    <>
      <WeftEditor
        ref={editor}
        className="editor"
        document={document}
        server={server}
        theme={theme}
        token={token && (() => Promise.resolve(token))}
        user={{ name: 'Ann' }}
        lineNumbers
        data-testid="element"
        onReady={() => tell('ready')}
        onChange={({ origin }) => tell(`change ${origin} ${theme}`)}
        onState={({ state }) => tell(`state ${state}`)}
        onPresence={({ people }) => tell(`presence ${people.length}`)}
        onSelection={({ head }) => tell(`selection ${head}`)}
        onRefused={({ code }, event) => {
          event.preventDefault();
          tell(`refused ${code}`);
        }}
      >
        <p>Until it is there</p>
      </WeftEditor>
      <button onClick={() => setTheme('dark')}>Dark</button>
      <button onClick={() => editor.current!.insertText('inserted ')}>Insert</button>
      <button onClick={() => void editor.current!.flush().then(() => tell(`flushed ${editor.current!.unsaved}`))}>
        Flush
      </button>
      <output data-testid="told">{told.join('\n')}</output>
    </>
  );
}

/** The document without a view. */
function Headless({ document, server, token }: Given) {
  const { text, state, unsaved, version, role, people, lastChange, session, insert, replaceRange } = useDocument({
    document,
    server,
    token: token && (() => Promise.resolve(token)),
    user: { name: 'Hugo' },
  });
  const names = usePeople(session).map(({ name }) => name);
  return (
    <section>
      <output data-testid="text">{text}</output>
      <output data-testid="state">{state}</output>
      <output data-testid="numbers">{`${unsaved} ${version} ${role ?? 'nobody'}`}</output>
      <output data-testid="people">{people.map(({ name }) => name).join(', ')}</output>
      <output data-testid="names">{names.join(', ')}</output>
      <output data-testid="last-change">
        {lastChange && `${lastChange.origin} ${JSON.stringify(lastChange.edit)}`}
      </output>
      <button onClick={() => insert(0, 'headless ')}>Insert headless</button>
      <button onClick={() => replaceRange(0, 9, '')}>Take away</button>
    </section>
  );
}

export function Host({ document, other, server, shows, token }: Given & { other: string; shows: string }) {
  const [shown, setShown] = useState(shows);
  const [id, setId] = useState(document);
  const [round, setRound] = useState(0);
  return (
    <main>
      <button onClick={() => setShown('')}>Unmount</button>
      <button onClick={() => setShown(shows)}>Mount</button>
      <button onClick={() => setRound(round + 1)}>Replace</button>
      <button onClick={() => setId(id === document ? other : document)}>Other document</button>
      {shown.includes('editor') && <Editor key={`editor ${round}`} document={id} server={server} token={token} />}
      {shown.includes('headless') && <Headless key={`headless ${round}`} document={id} server={server} token={token} />}
    </main>
  );
}
