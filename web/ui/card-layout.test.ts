import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layOutCards, type CardBox } from './card-layout.ts';

const GAP = 8;

const someCards = fc
  .array(fc.record({ anchor: fc.integer({ min: 0, max: 3000 }), height: fc.integer({ min: 1, max: 400 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((boxes) => boxes.map((box, index): CardBox => ({ id: `${index}`, ...box })));

/** Cards, and the place in the list of the one that is active; none if it is the length of the list. */
const withActive = someCards.chain((cards) => fc.tuple(fc.constant(cards), fc.nat({ max: cards.length })));

/** From the top down. */
function placed(cards: readonly CardBox[], tops: ReadonlyMap<string, number>): (CardBox & { readonly top: number })[] {
  return [...tops].map(([id, top]) => ({ ...cards.find((card) => card.id === id)!, top }));
}

it('no two cards overlap, and they stand in the order of their lines', () => {
  fc.assert(
    fc.property(withActive, ([cards, active]) => {
      const all = placed(cards, layOutCards(cards, cards[active]?.id, GAP));
      expect(all).toHaveLength(cards.length);
      for (const [index, card] of all.entries()) {
        const next = all[index + 1];
        if (next === undefined) continue;
        expect(next.top).toBeGreaterThanOrEqual(card.top + card.height + GAP);
        expect(next.anchor).toBeGreaterThanOrEqual(card.anchor);
      }
    }),
  );
});

it('the active card is exactly at its line', () => {
  fc.assert(
    fc.property(withActive, ([cards, active]) => {
      const card = cards[active];
      if (card === undefined) return;
      expect(layOutCards(cards, card.id, GAP).get(card.id)).toBe(card.anchor);
    }),
  );
});

it('a card that is not at its line touches the one that pushes it', () => {
  fc.assert(
    fc.property(withActive, ([cards, active]) => {
      const all = placed(cards, layOutCards(cards, cards[active]?.id, GAP));
      for (const [index, card] of all.entries()) {
        const [before, next] = [all[index - 1], all[index + 1]];
        const isPushed = card.top !== card.anchor;
        if (isPushed && card.top > card.anchor) expect(card.top).toBe(before!.top + before!.height + GAP);
        if (isPushed && card.top < card.anchor) expect(card.top).toBe(next!.top - GAP - card.height);
      }
    }),
  );
});

it('cards keep their places when one that has room becomes active', () => {
  const cards = [0, 100, 200].map((anchor, index): CardBox => ({ id: `${index}`, anchor, height: 50 }));
  expect(layOutCards(cards, '1', GAP)).toEqual(layOutCards(cards, undefined, GAP));
});

it('those above give way upwards, those below downwards', () => {
  const cards = [90, 100, 110].map((anchor, index): CardBox => ({ id: `${index}`, anchor, height: 50 }));
  expect([...layOutCards(cards, '1', GAP).values()]).toEqual([42, 100, 158]);
  expect([...layOutCards(cards, undefined, GAP).values()]).toEqual([90, 148, 206]);
});
