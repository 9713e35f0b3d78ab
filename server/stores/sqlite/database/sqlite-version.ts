import { StoreError } from '../../store-error.ts';

/** Before it, a write-ahead log that is reset at the wrong moment can lose commits (release notes of SQLite 3.51.3). */
const MINIMUM = [3, 51, 3] as const;

/** Refuses an SQLite that may lose what it has committed. Throws StoreError. */
export function assertSoundSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [index, wanted] of MINIMUM.entries()) {
    const part = parts[index] ?? 0;
    if (part > wanted) return;
    if (part < wanted) {
      throw new StoreError(
        'STORE_UNSOUND',
        `SQLite ${version} can lose commits; Weft needs ${MINIMUM.join('.')} or newer. Run npm ci to install the one that ` +
          'it was tested with.',
      );
    }
  }
}
