import type { VersionName } from '../../shared/sync/change.ts';

/** The ETag of a version. */
export function tagOf({ version, timestamp }: VersionName): string {
  return `"${version}-${timestamp}"`;
}

/** True where If-None-Match names the version, or any. */
export function namesVersion(header: string | undefined, name: VersionName): boolean {
  return header !== undefined && tagsOf(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === tagOf(name));
}

/** True where If-Match allows the version. Weak tags never match. */
export function allowsVersion(header: string, name: VersionName): boolean {
  return tagsOf(header).some((tag) => tag === '*' || tag === tagOf(name));
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
