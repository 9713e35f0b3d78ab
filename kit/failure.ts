import { readStored, type Participant } from './convergence.ts';

/** What is asked of somebody after a failure. */
interface Described extends Participant {
  state(): Promise<string>;
}

/** What a person had when a test failed, and what the server had of it; `lines` are what their pages wrote. */
export async function describe(
  person: Described,
  owner: Pick<Participant, 'get'> = person,
  lines: readonly string[] = [],
): Promise<string> {
  const attempt = async (read: () => Promise<unknown>): Promise<string> => {
    try {
      return JSON.stringify(await read());
    } catch (error) {
      return String(error);
    }
  };
  return [
    `document  ${person.documentUrl}`,
    `state     ${await attempt(() => person.state())}`,
    `version   ${await attempt(() => person.version())}`,
    `unsaved   ${await attempt(() => person.unsaved())}`,
    `text      ${await attempt(async () => (await person.texts()).session)}`,
    `shown     ${await attempt(async () => (await person.texts()).editor)}`,
    `stored    ${await attempt(() => readStored(owner, person.documentUrl))}`,
    'log',
    ...lines,
  ].join('\n');
}
