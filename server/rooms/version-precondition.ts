import type { VersionName } from '../../shared/sync/change.ts';

/** Whether a version is expected, and is another one than the newest. */
export function failsPrecondition(expected: VersionName | undefined, head: VersionName): boolean {
  return expected !== undefined && (expected.version !== head.version || expected.timestamp !== head.timestamp);
}

/** The refusal of a submission that demands another version than the newest. */
export function versionConflict(head: VersionName): { code: 'version_conflict'; message: string } {
  return { code: 'version_conflict', message: `The document is at version ${head.version}` };
}
