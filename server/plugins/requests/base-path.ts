/**
 * The address of a request as the routes know it: without the base path, if it lies below that. A proxy may pass the base path on or take
 * it off. A query stays as it is.
 */
export function withoutBasePath(url: string, basePath: string): string {
  if (!url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : url;
}
