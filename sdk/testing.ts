/** `weftdoc/testing`: fixtures for Playwright tests with several people, and what these people are made of. */
export { base } from '../kit/base.ts';
export { readStored } from '../kit/convergence.ts';
export { Crowd } from '../kit/crowd.ts';
export { expect } from '../kit/expect.ts';
export { describe } from '../kit/failure.ts';
export { Network } from '../kit/network.ts';
export { NETWORK_ERRORS, PageLog, STOPPING_SERVER } from '../kit/page-log.ts';
export { Person } from '../kit/person.ts';
export { test } from '../kit/test.ts';
export { WeftServer } from '../kit/weft-server.ts';
export { Writer, withDebug } from '../kit/writer.ts';

export type { VisitOptions } from '../kit/base.ts';
export type { Participant, StoredText } from '../kit/convergence.ts';
export type { DocumentFields, Role } from '../kit/document-owner.ts';
export type { People } from '../kit/expect.ts';
export type { Box, ShownCaret } from '../kit/in-page.ts';
export type { SentMessage } from '../kit/network.ts';
export type { EmbeddedVisitor, JoinOptions } from '../kit/test.ts';
export type { WeftServerOptions } from '../kit/weft-server.ts';
export type { Answer, Keyboard, Mouse, WriterNetwork } from '../kit/writer.ts';
