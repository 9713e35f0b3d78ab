/** The parts of the page that F6 goes round, by their `data-region`, in the order of reading. */
const ORDER = ['bar', 'band', 'text', 'side'] as const;

export type Region = (typeof ORDER)[number];

const FOCUSABLE = 'a[href], button:not([disabled], [tabindex="-1"]), input, [role="tab"][tabindex="0"]';

/** The region after `current` among those that there are, or before it with -1; from nowhere the first or the last. */
export function regionAfter(there: readonly Region[], current: Region | undefined, step: 1 | -1): Region | undefined {
  const inOrder = ORDER.filter((region) => there.includes(region));
  const at = current === undefined ? -1 : inOrder.indexOf(current);
  if (at < 0) return step === 1 ? inOrder[0] : inOrder.at(-1);
  return inOrder[(at + step + inOrder.length) % inOrder.length];
}

/** Takes the focus to the next part of the page, or with -1 to the one before. `focusText` puts it on the text, at the caret. */
export function goToRegion(page: ParentNode, step: 1 | -1, focusText: () => void): void {
  const regions = new Map(
    [...page.querySelectorAll<HTMLElement>('[data-region]')]
      .filter((element) => element.matches('[data-region="text"]') || element.querySelector(FOCUSABLE) !== null)
      .map((element) => [element.dataset['region'] as Region, element]),
  );
  const current = document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'];
  const next = regionAfter([...regions.keys()], current as Region | undefined, step);
  if (next === 'text') focusText();
  else if (next !== undefined) regions.get(next)!.querySelector<HTMLElement>(FOCUSABLE)?.focus();
}
