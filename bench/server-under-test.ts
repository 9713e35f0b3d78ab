import type { Operation } from '../shared/text/operation.ts';

/**
 * What the benchmark asks of every server it measures, the product, the bare relays and the peers alike: an adapter says how it
 * is started and how a thin load client speaks its protocol. Load clients keep no text; the workloads make keystrokes that
 * are valid wherever the others have typed meanwhile.
 */
export interface ServerAdapter {
  readonly name: string;
  /** Acknowledges only what is synced to disk. */
  readonly isDurable: boolean;
  /** Numbers the changes of a document in one order, in which they come to everybody. */
  readonly isOrdered: boolean;
  /** Submissions that one client may have under way: 1, or as many as it likes. */
  readonly inFlight: number;
  /** Starts it as a process of its own on a free port of 127.0.0.1; resolves once it accepts connections. */
  start(options: StartOptions): Promise<RunningServer>;
}

export interface StartOptions {
  /** A program and its options that stand in front of the server's own command line, as `taskset -c 0`; often empty. */
  readonly prefix: readonly string[];
  /** Settings of the product beside those of the benchmark, by the names of their environment variables. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Without the wider limits that other workloads need. */
  readonly isAsShipped?: boolean | undefined;
  /** Where the server leaves CPU profiles of its threads; only the product can. */
  readonly profileFolder?: string | undefined;
}

export interface RunningServer {
  /** The process whose CPU time and memory count. After `restart` it is another one. */
  readonly pid: number;
  /** Where it keeps its data; undefined where it keeps nothing. */
  readonly dataFolder: string | undefined;
  /** Makes a document with a text and hands back its id. */
  createDocument(text: string): Promise<string>;
  /** Connects and joins; resolves once the client has the document. */
  connect(documentId: string, arrivals: Arrivals, options?: ConnectOptions): Promise<LoadClient>;
  /**
   * What the server holds in the end, or held at a version where it keeps a history. Peers without versions count the changes
   * they took.
   */
  read(documentId: string, version?: number): Promise<Holding>;
  /** Throws unless the server's own history is exactly what was sent; only servers with a history can tell. */
  verify?(documentId: string, sent: Sent): Promise<void>;
  /** Ends it politely and starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

/** What the load has sent to a document since it was made. */
export interface Sent {
  readonly changes: number;
  /** UTF-16 units of all insertions: whatever was deleted, the history holds them all. */
  readonly insertedUnits: number;
}

export interface Holding {
  /** The place of the newest change. */
  readonly version: number;
  /** Absent where the server holds none (relays). */
  readonly text?: string;
}

export interface ConnectOptions {
  /** Returns as this client, to receive what it missed; only servers with a history know how. */
  readonly returning?: KnownVersion;
}

/** Where a client stands, for coming back later. */
export interface KnownVersion {
  readonly clientKey: string;
  readonly version: number;
  readonly timestamp: number;
}

/**
 * What a load client tells. A place is the number of a change in the order of its document, from 1 on. Protocols without one
 * order number the changes as they like, as long as all clients of this process agree on it.
 */
export interface Arrivals {
  /** The oldest of this client's submissions under way is acknowledged, and has this place. It has arrived here by that. */
  acknowledged(place: number): void;
  /** This client has everything up to a place. */
  upTo(place: number): void;
  /** This client has a change of somebody else, perhaps not those before it. */
  one(place: number): void;
  /** What this client has just submitted cannot be seen when it arrives: it counts as having reached everybody. */
  untraceable(): void;
  /** Something went wrong; the measurement is void. */
  failed(reason: string): void;
}

/** One thin client. */
export interface LoadClient {
  readonly whereabouts: KnownVersion;
  /** Bytes of messages received so far, the answer to the join included. */
  readonly bytesReceived: number;
  /** Sends operations as one change. Where too much is under way it waits for its turn. */
  submit(operations: readonly Operation[]): void;
  /** Shows a caret to the others; absent where the protocol has none. */
  moveCaret?(position: number): void;
  /** Messages received with carets of others. */
  readonly caretFrames?: number;
  /** Cuts the connection. */
  cut(): void;
}
