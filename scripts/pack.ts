import { execFileSync } from 'node:child_process';
import { build, root } from './build.mjs';

/** What `npm pack` made. */
export interface Packed {
  /** The name of the tarball, in the folder that was asked for. */
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Builds what is stale, and packs the package into a folder. Throws if something does not build. */
export function pack(folder: string, report: (line: string) => void = () => undefined): Packed {
  const failed = build({ report });
  if (failed.length > 0) throw new Error(`The ${failed.join(' and the ')} could not be built; see above`);
  // The scripts would build once more.
  const options = ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8' })) as [Packed];
  return packed;
}
