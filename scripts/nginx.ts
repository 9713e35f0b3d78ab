import { findProgram, installPackages, searchPath } from './programs.ts';

/** What to do where nginx is missing and could not be installed. */
export const NGINX_ADVICE =
  'nginx and openssl are needed for the test of the proxy: sudo apt-get install nginx-light openssl';

/** Debian keeps servers where only root looks for them. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin', ...searchPath()];

/** Finds nginx and openssl, or installs Debian's where that is possible. */
export function provideNginx(report: (line: string) => void): { nginx: string; openssl: string } | undefined {
  const found = find();
  if (found !== undefined) return found;
  installPackages(['nginx-light', 'openssl'], report);
  return find();
}

function find(): { nginx: string; openssl: string } | undefined {
  const [nginx, openssl] = [findProgram(['nginx'], FOLDERS), findProgram(['openssl'], FOLDERS)];
  return nginx === undefined || openssl === undefined ? undefined : { nginx, openssl };
}
