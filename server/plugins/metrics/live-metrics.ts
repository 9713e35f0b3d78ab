import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AppDeps } from '../app-deps.ts';
import type { RoomCounters } from '../../rooms/services/room-counters.ts';
import type { WaitingBytes } from '../../limits/waiting-bytes.ts';

/** Seconds; an fsync of a good disk takes one or two milliseconds. */
const COMMIT_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5];
const COMMIT_CHANGES = [1, 2, 5, 10, 20, 50, 100, 256];

/** Metrics of live documents. They are kept as plain counters where things happen, and read here at each scrape. */
export function liveMetrics(
  registry: Registry,
  { rooms, storeBytes }: Pick<AppDeps, 'rooms' | 'storeBytes'>,
  waiting: WaitingBytes,
): void {
  const { counters } = rooms;
  const registers = [registry];

  const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers,
      collect: async function () {
        this.set(await read());
      },
    });
  };
  const counter = (name: string, help: string, read: (counters: RoomCounters) => number): void => {
    new Counter({
      name,
      help,
      registers,
      collect: function () {
        this.reset();
        this.inc(read(counters));
      },
    });
  };
  const counterBy = (name: string, help: string, label: string, counts: ReadonlyMap<string | number, number>): void => {
    new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      collect: function () {
        this.reset();
        for (const [kind, count] of counts) this.inc({ [label]: kind }, count);
      },
    });
  };

  gauge('weft_rooms', 'Documents in memory', () => rooms.health().rooms);
  gauge('weft_room_bytes', 'About the bytes of texts and recent changes in memory', () => rooms.memory().rooms);
  gauge('weft_sessions', 'Live sessions', () => rooms.health().sessions);
  gauge('weft_queued_submissions', 'Submissions that wait for a commit', () => rooms.health().queued);
  gauge('weft_accepting', '1 until the server begins to stop', () => Number(rooms.isAccepting));
  gauge('weft_send_buffer_bytes', 'Bytes that wait for slow readers', () => rooms.memory().sendBuffers);
  gauge(
    'weft_outbox_bytes',
    'Deprecated, the former name of weft_send_buffer_bytes; gone in the next version',
    () => rooms.memory().sendBuffers,
  );
  gauge(
    'weft_waiting_bytes',
    'Bytes on their way to readers of HTTP and of sockets, shared ones once',
    () => waiting.bytes,
  );
  if (storeBytes !== undefined) gauge('weft_store_bytes', 'Bytes of the database', storeBytes);

  const ended = (): number => [...counters.closes.values()].reduce((sum, count) => sum + count, 0);
  gauge('weft_connections', 'Open document sockets', () => counters.connections - ended());
  counter('weft_connections_total', 'Document sockets that were opened', (counts) => counts.connections);
  counterBy('weft_connections_closed_total', 'Document sockets that ended, by close code', 'code', counters.closes);
  counter(
    'weft_connections_dropped_total',
    'Connections of any kind that were closed at once, because as many were open as may be',
    (counts) => counts.droppedConnections,
  );
  counterBy('weft_handshakes_failed_total', 'Upgrades that were refused', 'reason', counters.failedHandshakes);
  counter(
    'weft_slow_readers_total',
    'Readers that were closed because too much waited for them',
    ({ closes }) => closes.get(4430) ?? 0,
  );
  counter(
    'weft_slow_http_readers_total',
    'Connections that were ended because they read their answers too slowly',
    (counts) => counts.slowHttpReaders,
  );
  counterBy('weft_joins_total', 'Answers to join: sync, or a whole text and why', 'answer', counters.joins);

  counter('weft_received_messages_total', 'Messages from clients', (counts) => counts.receivedMessages);
  counter('weft_received_bytes_total', 'Bytes of messages from clients', (counts) => counts.receivedBytes);
  counter('weft_sent_messages_total', 'Messages to clients', (counts) => counts.sentMessages);
  counter('weft_sent_bytes_total', 'Bytes of messages to clients', (counts) => counts.sentBytes);

  counter('weft_submissions_total', 'Submissions that came to a room', (counts) => counts.submissions);
  counter('weft_acknowledgements_total', 'Submissions that were acknowledged', (counts) => counts.acknowledgements);
  counterBy(
    'weft_refusals_total',
    'Messages and submissions that were refused, by error code',
    'code',
    counters.refusals,
  );
  counter('weft_commits_failed_total', 'Commits of unknown outcome', (counts) => counts.failedCommits);
  const seconds = new Histogram({
    name: 'weft_commit_seconds',
    help: 'From a commit to its answer from the disk',
    buckets: COMMIT_SECONDS,
    registers,
  });
  const changes = new Histogram({
    name: 'weft_commit_changes',
    help: 'Changes of one document that were committed together',
    buckets: COMMIT_CHANGES,
    registers,
  });
  counters.onCommit = (duration, count) => {
    seconds.observe(duration);
    changes.observe(count);
  };
}
