/** Bytes that a close frame has for its reason (RFC 6455, section 5.5, less two for the code). */
const REASON_BYTES = 123;
const encoder = new TextEncoder();

/** As much of a reason as a close frame may hold, cut between two characters. A longer one would throw, and close nothing. */
export function closeReason(reason: string): string {
  const { read } = encoder.encodeInto(reason, new Uint8Array(REASON_BYTES));
  return reason.slice(0, read);
}
