/** Does something with each, also after one of them failed; throws the first failure at the end. */
export function every<T>(items: Iterable<T>, work: (item: T) => void): void {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
