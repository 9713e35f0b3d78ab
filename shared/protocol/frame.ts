import type { ErrorCode } from './errors.ts';
import { isDeeperThan } from './json-depth.ts';

/** The WebSocket subprotocol. */
export const SUBPROTOCOL = 'weft.v1';

/** Why a frame or message was refused. */
export class ProtocolError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

/**
 * The messages of a text frame, which is one message or an array of them. `maximumDepth` bounds the nesting of arrays and objects,
 * the frame's own array included. Throws ProtocolError `bad_message`.
 */
export function parseFrame(frame: string, maximumDepth = Infinity): readonly unknown[] {
  if (maximumDepth !== Infinity && isDeeperThan(frame, maximumDepth)) {
    throw new ProtocolError('bad_message', `The frame is nested more than ${maximumDepth} deep`);
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    throw new ProtocolError('bad_message', 'The frame is not JSON');
  }
  return Array.isArray(value) ? value : [value];
}
