import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('./disk-recorder.c', import.meta.url));

/** Whether disk writes of processes can be recorded here, which needs Linux and a C compiler. */
export function canRecordDisks(): boolean {
  return process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;
}

/** Compiles the recorder into a folder and returns the file. */
export function buildDiskRecorder(folder: string): string {
  const library = path.join(folder, 'disk-recorder.so');
  const options = ['-shared', '-fPIC', '-O1', '-D_LARGEFILE64_SOURCE', '-o', library, SOURCE, '-ldl', '-lpthread'];
  execFileSync('cc', options);
  return library;
}

/** The environment that makes a process record in `journal` what it does to the files below `root`, an absolute path. */
export function recordingOf(library: string, root: string, journal: string): Record<string, string> {
  return { LD_PRELOAD: library, DISK_ROOT: root, DISK_JOURNAL: journal };
}
