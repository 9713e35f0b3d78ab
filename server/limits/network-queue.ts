/** What waits, by the network it came from. Networks take turns, so that one of them cannot keep the others waiting. */
export class NetworkQueue<Item> {
  /** The network whose turn is next stands first. */
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

  /** Takes out the first of the network whose turn it is, which then goes behind the others. */
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

  /** Takes out what need not wait any more; nothing happens where it does not wait. */
  drop(network: string, item: Item): void {
    const mine = this.#waiting.get(network);
    const place = mine?.indexOf(item) ?? -1;
    if (mine === undefined || place < 0) return;
    mine.splice(place, 1);
    this.#length -= 1;
    if (mine.length === 0) this.#waiting.delete(network);
  }
}
