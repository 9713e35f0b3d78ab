/** Files that the process itself may need beside its connections: the database, its threads, pages that are being sent. */
const OWN_FILES = 64;
/** Fewer than this, and there is no room for people beside what the process itself needs. */
const LEAST_FILES = 128;

/** How many files, connections among them, the system lets this process open at once; undefined where it does not tell. */
export function openFilesLimit(): number | undefined {
  const report = process.report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } };
  };
  const limit = report.userLimits?.open_files?.soft;
  return typeof limit === 'number' ? limit : undefined;
}

/** Whether the process, or the machine, has as many files open as it may. */
export function isOutOfFiles(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE');
}

/** What somebody reads who started Weft where it may open too few files; undefined where they are enough. */
export function tooFewFiles(limit: number | undefined): string | undefined {
  return limit !== undefined && limit < LEAST_FILES ? outOfFiles(limit) : undefined;
}

/** The same where it ran out of them. */
export function outOfFiles(limit: number | undefined): string {
  const allowed = limit === undefined ? 'no more files at once' : `only ${limit} files at once`;
  return (
    `Weft may open ${allowed}, connections among them, and needs ${LEAST_FILES} or more. ` +
    'Allow more where you start it: `ulimit -n 4096`, or LimitNOFILE=4096 in a unit of systemd.'
  );
}

/** How many connections may be open, so that there are always files left for the process itself. */
export function connectionsWithin(setting: number, limit: number | undefined): number {
  return limit === undefined ? setting : Math.max(1, Math.min(setting, limit - OWN_FILES));
}
