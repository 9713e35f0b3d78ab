import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/** Where the environment looks for programs. */
export function searchPath(): string[] {
  return (process.env['PATH'] ?? '').split(path.delimiter);
}

/** The file of the first of these names that is a program in one of the folders. */
export function findProgram(names: readonly string[], folders: readonly string[] = searchPath()): string | undefined {
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
}

/** Installs packages of Debian where that is possible without asking anybody: as root, with apt-get. Says why where it fails. */
export function installPackages(names: readonly string[], report: (line: string) => void): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  report(`No ${names[0]} found; installing the one of the system (apt-get install ${names[0]}) …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    const result = spawnSync('apt-get', ['-q', ...words], { env: environment, encoding: 'utf8' });
    if (result.status !== 0) report(`apt-get ${words.join(' ')} failed:\n${result.stdout ?? ''}${result.stderr ?? ''}`);
  }
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
