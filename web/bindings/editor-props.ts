import type { EmbedOptions } from '../embed/contract.ts';
import { OPTIONS } from './editor-attributes.ts';
import { EVENTS, type EditorEvent, type EditorHandlers } from './editor-events.ts';

/** The props of a component in which options, events and attributes of its tag come together. */
export interface PropsInParts {
  readonly options: EmbedOptions;
  readonly handlers: EditorHandlers;
  /** What the tag gets as it is. */
  readonly rest: Record<string, unknown>;
}

/** Takes the props of a component apart; `propOf` says how an event is called there. */
export function partsOf(props: object, propOf: (event: EditorEvent) => string): PropsInParts {
  const rest = { ...props } as Record<string, unknown>;
  const take = (name: string): unknown => {
    const value = rest[name];
    delete rest[name];
    return value;
  };
  const options = Object.fromEntries(OPTIONS.map((name) => [name, take(name)])) as unknown as EmbedOptions;
  const handlers = Object.fromEntries(EVENTS.map((name) => [name, take(propOf(name))])) as EditorHandlers;
  return { options, handlers, rest };
}
