import { openBrowserSession, type Collaborator, type DocumentSession } from 'weftdoc/client';
import './style.css';

const find = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;
const door = find<HTMLFormElement>('#door');
const form = find<HTMLFormElement>('#send');
const log = find('#log');

door.addEventListener('submit', (event) => {
  event.preventDefault();
  const { room, name } = Object.fromEntries(new FormData(door)) as Record<string, string>;
  void enter(room!, name!);
});

async function enter(room: string, name: string): Promise<void> {
  const answer = await fetch(`/rooms/${encodeURIComponent(room)}`);
  const { server, documentId } = (await answer.json()) as { server: string; documentId: string };
  const session = openBrowserSession({ documentId, origin: server, name });
  session.on('status', ({ kind }) => (find('#state').textContent = kind));
  session.on('collaborators', showPeople);
  session.on('ready', () => showLog(session));
  session.on('change', () => showLog(session));
  session.connect();
  await session.whenReady();

  door.hidden = true;
  find('#room').hidden = false;
  find('#room h1').textContent = room;
  showPeople(session.collaborators);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // The log is the text of the document; a message is a line at its end.
    session.insert(session.text.length, `${name}: ${String(new FormData(form).get('message'))}\n`);
    form.reset();
  });
  find('#send input').focus();
}

function showPeople(everybody: readonly Collaborator[]): void {
  const items = everybody.map(({ user }) => Object.assign(document.createElement('li'), { textContent: user.name }));
  find('#people').replaceChildren(...items);
}

function showLog(session: DocumentSession): void {
  log.textContent = session.text.toString();
  log.scrollTop = log.scrollHeight;
  find('#last').textContent = log.textContent.trimEnd().split('\n').at(-1) || 'none yet';
}
