import { ChunkedText } from '../../shared/text/chunked-text.ts';
import { editFromOperations, type Operation } from '../../shared/text/operation.ts';
import type { Sent } from '../server-under-test.ts';

/** Changes of one page. */
const PAGE = 1000;

interface Page {
  readonly changes: readonly { readonly version: number; readonly operations: readonly Operation[] }[];
  readonly next?: number;
}

/**
 * Reads all changes of a document, and throws unless they are dense, as many as were sent, hold all that was inserted, and make
 * the text that the server shows. The first change, with which the document was made, is not among those sent.
 */
export async function verifyHistory(url: string, documentId: string, sent: Sent): Promise<void> {
  const address = `${url}/api/documents/${documentId}`;
  let text = ChunkedText.from('');
  let version = 0;
  let insertedUnits = 0;
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = (await read(`${address}/changes?after=${after}&limit=${PAGE}`).then((answer) =>
      answer.json(),
    )) as Page;
    for (const change of page.changes) {
      if (change.version !== version + 1) throw new Error(`Change ${change.version} follows ${version}`);
      version = change.version;
      if (change.operations.length > 0) text = text.apply(editFromOperations(change.operations, text.length));
      if (version === 1) continue;
      for (const operation of change.operations) {
        if (operation.type !== 'delete') insertedUnits += operation.text.length;
      }
    }
    after = page.next;
  }
  if (version - 1 !== sent.changes)
    throw new Error(`${sent.changes} changes were sent, the history has ${version - 1}`);
  if (insertedUnits !== sent.insertedUnits)
    throw new Error(`${sent.insertedUnits} units were sent, ${insertedUnits} kept`);
  const content = await read(`${address}/content`).then((answer) => answer.text());
  if (content !== text.toString()) throw new Error('The text is not what its history makes');
}

async function read(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} was refused: ${response.status}`);
  return response;
}
