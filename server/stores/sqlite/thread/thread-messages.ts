import { StoreDamagedError, StoreError } from '../../store-error.ts';
import type { CallName } from './store-calls.ts';

/** A call on its way to the thread. */
export interface CallMessage {
  readonly id: number;
  readonly name: CallName;
  readonly args: readonly unknown[];
}

/** What structured clone keeps of an error of the thread. */
export interface ErrorFields {
  readonly code: string;
  readonly message: string;
  readonly documentId?: string | undefined;
}

/** An answer, or a report for the operator. */
export type ThreadMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: ErrorFields }
  | { readonly report: string };

/** The fields of any error; one that has no code gets STORE_FAILED. */
export function errorFields(error: unknown): ErrorFields {
  if (error instanceof StoreDamagedError) {
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return { code: error.code, message: error.message + cause, documentId: error.documentId };
  }
  if (!(error instanceof Error)) return { code: 'STORE_FAILED', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'STORE_FAILED';
  return { code, message: error.message };
}

/** The error that the caller is given. */
export function errorFromFields({ code, message, documentId }: ErrorFields): StoreError {
  return documentId === undefined ? new StoreError(code, message) : new StoreDamagedError(documentId, message);
}
