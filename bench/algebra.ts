/**
 * What the algebra costs, against its budgets: `npx tsx bench/algebra.ts`. Best and median of the rounds, in microseconds.
 * Other work on the machine makes rounds slower: where best and median are far apart, run it again before you believe a miss.
 */
import { SeededRandom } from '../shared/testing/random.ts';
import { ChunkedText } from '../shared/text/chunked-text.ts';
import { difference } from '../shared/text/difference.ts';
import { compose, fold, IDENTITY, replaceEdit, type Edit } from '../shared/text/edit.ts';
import { editFromOperations, type Operation } from '../shared/text/operation.ts';
import { transform } from '../shared/text/transform.ts';

const SEED = 20261126;
const UNITS = 5_000_000;
const ROUNDS = 25;
/** Milliseconds after which the engine has compiled what is measured. */
const WARM_UP = 300;
const KEYSTROKES = 2000;

/** Microseconds. */
interface Cost {
  readonly best: number;
  readonly median: number;
}

interface Row {
  readonly name: string;
  readonly cost: Cost;
  /** Microseconds that the median must stay below; none where there is no promise. */
  readonly budget?: number;
}

const random = new SeededRandom(SEED);

/** What one of `count` steps costs, warm; `prepare` is not measured. */
function measure<T>(count: number, prepare: () => T, work: (input: T) => void): Cost {
  const times: number[] = [];
  const warm = performance.now() + WARM_UP;
  while (performance.now() < warm) work(prepare());
  for (let round = 0; round < ROUNDS; round += 1) {
    const input = prepare();
    const start = performance.now();
    work(input);
    times.push(((performance.now() - start) * 1000) / count);
  }
  times.sort((a, b) => a - b);
  return { best: times[0]!, median: times[Math.floor(times.length / 2)]! };
}

function shortLines(): string {
  const line = 'The quick brown fox jumps over the lazy dog, and does so again. ';
  let text = '';
  for (let index = 0; text.length < UNITS; index += 1) text += `${line.slice(0, 20 + (index % 44))}\n`;
  return text.slice(0, UNITS);
}

function oneLine(): string {
  return 'The quick brown fox jumps over the lazy dog. '.repeat(UNITS / 45 + 1).slice(0, UNITS);
}

/** Typing and an occasional backspace where a caret moves on. */
function atCaret(length: number): Edit[] {
  let caret = random.below(length);
  return Array.from({ length: KEYSTROKES }, () => {
    if (random.chance(10) && caret > 0) {
      caret -= 1;
      return replaceEdit(caret, caret + 1, '');
    }
    caret += 1;
    return replaceEdit(caret - 1, caret - 1, 'x');
  });
}

/** Typing and an occasional deletion anywhere, as when many people write at once. */
function anywhere(length: number): Edit[] {
  return Array.from({ length: KEYSTROKES }, () => {
    const position = random.below(length - KEYSTROKES);
    return random.chance(10) ? replaceEdit(position, position + 1, '') : replaceEdit(position, position, 'x');
  });
}

function applyRows(): Row[] {
  return (
    [
      ['short lines', shortLines()],
      ['one line', oneLine()],
    ] as const
  ).flatMap(([kind, content]) =>
    ([atCaret, anywhere] as const).map((write) => {
      let text = ChunkedText.from(content);
      const cost = measure(
        KEYSTROKES,
        () => write(text.length),
        (edits) => {
          for (const edit of edits) text = text.apply(edit);
        },
      );
      const place = write === atCaret ? 'at a moving caret' : 'at random places';
      return { name: `apply a keystroke, 5 MB, ${kind}, ${place}`, cost, budget: 2 };
    }),
  );
}

function transformRow(): Row {
  const length = 100_000;
  const committed = Array.from({ length: 1000 }, () => {
    const position = random.below(length - 2000);
    return random.chance(30) ? replaceEdit(position, position + 1, '') : replaceEdit(position, position, 'x');
  });
  const cost = measure(
    1,
    () => replaceEdit(50_000, 50_001, 'mine'),
    (edit) => {
      committed.reduce((moved, over) => transform(moved, over, 'left'), edit);
    },
  );
  return { name: 'transform a change over 1,000 concurrent ones', cost, budget: 300 };
}

function foldRows(): Row[] {
  const length = 100_000;
  const operations: Operation[] = Array.from({ length: 1000 }, () => {
    const position = random.below(length - 2000);
    return random.chance(30)
      ? { type: 'delete', from: position, to: position + 1 }
      : { type: 'insert', position, text: 'x' };
  });
  const edits = operations.map((operation) => editFromOperations([operation], length));
  return [
    { name: 'fold 1,000 scattered edits', cost: measure(1, () => edits, fold), budget: 3000 },
    {
      name: 'read 1,000 scattered operations to one edit',
      cost: measure(
        1,
        () => operations,
        (list) => editFromOperations(list, length),
      ),
      budget: 3000,
    },
  ];
}

function composeRow(): Row {
  const cost = measure(
    KEYSTROKES,
    () => atCaret(UNITS - KEYSTROKES),
    (edits) => edits.reduce(compose, IDENTITY),
  );
  return { name: 'compose a keystroke into a buffer of 1 to 2,000', cost };
}

function differenceRow(): Row {
  const before = shortLines().slice(0, 1_000_000);
  const after = before.replaceAll('fox', () => (random.chance(1) ? 'wolf' : 'fox'));
  const cost = measure(
    1,
    () => before,
    (text) => difference(text, after),
  );
  return { name: 'difference of 1 MB with 1 % of its lines changed', cost };
}

const rows: Row[] = [...applyRows(), transformRow(), ...foldRows(), composeRow(), differenceRow()];
console.log(`The algebra, seed ${SEED}, ${ROUNDS} rounds, in microseconds\n`);
console.log(`${'what'.padEnd(60)}${'best'.padStart(10)}${'median'.padStart(10)}${'budget'.padStart(10)}`);
for (const { name, cost, budget } of rows) {
  const limit = budget === undefined ? '' : `< ${budget}`;
  const verdict = budget !== undefined && cost.median >= budget ? '  missed' : '';
  const times = [cost.best, cost.median].map((time) => time.toFixed(2).padStart(10)).join('');
  console.log(`${name.padEnd(60)}${times}${limit.padStart(10)}${verdict}`);
}
