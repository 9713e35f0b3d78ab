/** Does something for the numbers from 0 to `count - 1`, so many at a time, and hands back what came of each. */
export async function inGroups<T>(count: number, atOnce: number, each: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let first = 0; first < count; first += atOnce) {
    const size = Math.min(atOnce, count - first);
    results.push(...(await Promise.all(Array.from({ length: size }, (_, index) => each(first + index)))));
  }
  return results;
}
