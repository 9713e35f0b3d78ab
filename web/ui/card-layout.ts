/** A card in the margin: where its line is and how high it is, in pixels. */
export interface CardBox {
  readonly id: string;
  readonly anchor: number;
  readonly height: number;
}

/**
 * The tops of cards, in pixels, in the order of their lines and at least `gap` apart. The active one is exactly at its line; the
 * others are as near to theirs as those before them let them: cards above the active one give way upwards, all others downwards.
 */
export function layOutCards(cards: readonly CardBox[], activeId: string | undefined, gap: number): Map<string, number> {
  // Sorting is stable: cards of one line stay as they came.
  const sorted = [...cards].sort((a, b) => a.anchor - b.anchor);
  const active = sorted.findIndex(({ id }) => id === activeId);
  const tops: number[] = [];
  for (const [index, card] of sorted.entries()) {
    const before = sorted[index - 1];
    const free = before === undefined ? card.anchor : tops[index - 1]! + before.height + gap;
    tops.push(index === active ? card.anchor : Math.max(card.anchor, free));
  }
  for (let index = active - 1; index >= 0; index -= 1) {
    tops[index] = Math.min(tops[index]!, tops[index + 1]! - gap - sorted[index]!.height);
  }
  return new Map(sorted.map(({ id }, index) => [id, tops[index]!]));
}
