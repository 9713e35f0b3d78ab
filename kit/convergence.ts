/** A document as the server has it on disk. */
export interface StoredText {
  readonly version: number;
  readonly text: string;
}

/** Who takes part in a document: somebody in a browser, or a typist without one. */
export interface Participant {
  readonly name: string;
  /** The address, for anybody, of the document. */
  readonly documentUrl: string;
  /** How many edits are not yet on the server's disk. */
  unsaved(): Promise<number>;
  /** The version of the confirmed text. */
  version(): Promise<number>;
  /** The text that they have, and what is shown to them of it. */
  texts(): Promise<{ session: string; editor: string }>;
  /** The names of the others who are seen to be here. */
  namesSeen(): Promise<string[]>;
  /** Sends the server an HTTP request as them, if they can. */
  get(address: string): Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string;
  }>;
}

/** Reads a document over HTTP, as somebody who may. */
export async function readStored(person: Pick<Participant, 'get'>, documentUrl: string): Promise<StoredText> {
  const url = new URL(documentUrl);
  const id = url.pathname.split('/').at(-1)!;
  const { status, headers, text } = await person.get(new URL(`../api/documents/${id}/content`, url).href);
  if (status !== 200) throw new Error(`Reading the document was answered by ${status}`);
  return { version: Number(headers['weft-version']), text };
}

/**
 * What keeps people from agreeing now: somebody has something unsaved, or another version or text than the server, or sees another
 * text than they have. Undefined if nothing does. With `text`, they must agree on that; with `documentUrl`, in that document, whose
 * address a person need not know who came to it by a link.
 */
export async function disagreement(
  people: readonly Participant[],
  { text, documentUrl }: { readonly text?: string | undefined; readonly documentUrl?: string | undefined } = {},
): Promise<string | undefined> {
  const [first] = people;
  if (first === undefined) return 'There is nobody to agree';
  for (const person of people) {
    if (documentUrl === undefined && person.documentUrl !== first.documentUrl)
      return `${person.name} is in another document than ${first.name}`;
    const unsaved = await person.unsaved();
    if (unsaved > 0) return `${person.name} has ${unsaved} unsaved edits`;
  }
  const stored = await readStored(first, documentUrl ?? first.documentUrl);
  for (const person of people) {
    const version = await person.version();
    if (version !== stored.version) return `${person.name} is at version ${version}, the server at ${stored.version}`;
    const texts = await person.texts();
    if (texts.session !== stored.text) return differ(`what ${person.name} has`, texts.session, stored.text);
    if (texts.editor !== stored.text) return differ(`what ${person.name} sees`, texts.editor, stored.text);
  }
  return text === undefined || stored.text === text ? undefined : differ('what the server has', stored.text, text);
}

/** Who does not see whom now; undefined if everybody sees everybody else. */
export async function unseen(people: readonly Participant[]): Promise<string | undefined> {
  for (const person of people) {
    const seen = await person.namesSeen();
    const missing = people.filter((other) => other !== person && !seen.includes(other.name)).map(({ name }) => name);
    if (missing.length > 0)
      return `${person.name} does not see ${missing.join(', ')}, but ${seen.join(', ') || 'nobody'}`;
  }
  return undefined;
}

function differ(what: string, is: string, should: string): string {
  return `Texts differ: ${what} is ${JSON.stringify(is)} and should be ${JSON.stringify(should)}`;
}
