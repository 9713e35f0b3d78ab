import { loadPeerPackage } from '../servers/peer-process.ts';

/** As much of Yjs as the load uses; it is installed with the peers only. */
export interface Yjs {
  readonly Doc: new () => YDoc;
  applyUpdate(document: YDoc, update: Uint8Array): void;
  encodeStateAsUpdate(document: YDoc): Uint8Array;
  encodeStateVectorFromUpdate(update: Uint8Array): Uint8Array;
  decodeUpdate(update: Uint8Array): { readonly structs: readonly YStruct[] };
  /** The clock that a client's next unit gets. */
  getState(store: unknown, client: number): number;
}

export interface YDoc {
  readonly clientID: number;
  readonly store: unknown;
  getText(name: string): YText;
  transact(run: () => void): void;
  on(event: 'update', handler: (update: Uint8Array) => void): void;
}

export interface YText {
  insert(position: number, text: string): void;
  delete(position: number, length: number): void;
  toString(): string;
}

/** A run of units that one client inserted. */
export interface YStruct {
  readonly id: { readonly client: number; readonly clock: number };
  readonly length: number;
}

export interface Encoder {
  readonly cpos: number;
}

/** As much of lib0's encoding as the frames need. */
export interface Encoding {
  createEncoder(): Encoder;
  writeVarUint(encoder: Encoder, value: number): void;
  writeVarString(encoder: Encoder, value: string): void;
  writeVarUint8Array(encoder: Encoder, value: Uint8Array): void;
  toUint8Array(encoder: Encoder): Uint8Array;
}

export interface Decoding {
  createDecoder(bytes: Uint8Array): unknown;
  readVarUint8Array(decoder: unknown): Uint8Array;
}

export const loadYjs = (): Yjs => loadPeerPackage('yjs');
export const loadEncoding = (): Encoding => loadPeerPackage('lib0/encoding');
export const loadDecoding = (): Decoding => loadPeerPackage('lib0/decoding');
