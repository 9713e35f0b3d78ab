import type { EmbedEvents } from '../embed/contract.ts';

type Told<Name extends keyof EmbedEvents> = (detail: EmbedEvents[Name], event: CustomEvent<EmbedEvents[Name]>) => void;

/** What a component is told, with the event itself for `preventDefault`. */
export interface EditorHandlers {
  ready?: Told<'weft-ready'> | undefined;
  change?: Told<'weft-change'> | undefined;
  state?: Told<'weft-state'> | undefined;
  presence?: Told<'weft-presence'> | undefined;
  selection?: Told<'weft-selection'> | undefined;
  refused?: Told<'weft-refused'> | undefined;
}
export type EditorEvent = keyof EditorHandlers;

export const EVENTS: readonly EditorEvent[] = ['ready', 'change', 'state', 'presence', 'selection', 'refused'];
