/** A queue in which networks take turns (round robin), so that one cannot keep the others waiting. */
export class NetworkQueue<Item> {
  /** The next network comes first. */
  readonly #waiting = new Map<string, Item[]>();
  #length = 0;

  /** Items that wait. */
  get length(): number {
    return this.#length;
  }

  add(network: string, item: Item): void {
    const mine = this.#waiting.get(network);
    if (mine === undefined) this.#waiting.set(network, [item]);
    else mine.push(item);
    this.#length += 1;
  }

  /** Takes the first item of the next network, which then goes behind the others. */
  take(): Item | undefined {
    const [turn] = this.#waiting;
    if (turn === undefined) return undefined;
    const [network, [first]] = turn;
    this.drop(network, first!);
    const rest = this.#waiting.get(network);
    if (rest !== undefined) {
      this.#waiting.delete(network);
      this.#waiting.set(network, rest);
    }
    return first;
  }

  /** Removes an item; does nothing if it does not wait. */
  drop(network: string, item: Item): void {
    const mine = this.#waiting.get(network);
    const place = mine?.indexOf(item) ?? -1;
    if (mine === undefined || place < 0) return;
    mine.splice(place, 1);
    this.#length -= 1;
    if (mine.length === 0) this.#waiting.delete(network);
  }
}
