import type { LayerMarker } from '@codemirror/view';
import { inDigits, inList } from '../../words/formats.ts';
import { firstNameOf, initialsOf } from '../../words/names.ts';
import type { NamePlace } from './name-place.ts';
import type { RemoteCaret } from './remote-caret.ts';

/** What a name tells. */
export type Named = Pick<RemoteCaret, 'sessionId' | 'name' | 'color' | 'isIdle'>;

/** Names that stand in one place: of whom, how, and where, in pixels of the layer. */
interface Names {
  readonly people: readonly Named[];
  /** Those for whom there is no room. */
  readonly others: readonly Named[];
  readonly shape: NamePlace['shape'];
  readonly where: NamePlace['where'];
  /** The edge from which they go to the right, or to the left. */
  readonly x: number;
  readonly isRightwards: boolean;
  /** The middle of their row. */
  readonly y: number;
  readonly room: number;
}

/** The names of one or more people beside a row of the text. */
export class NameMarker implements LayerMarker {
  readonly #names: Names;
  /** What it says, and all of it with where it stands. */
  readonly #words: string;
  readonly #key: string;

  constructor(names: Names) {
    const { people, others, shape, where } = names;
    this.#names = names;
    this.#words = JSON.stringify([people, others, shape, where]);
    this.#key = JSON.stringify(names);
  }

  eq(other: NameMarker): boolean {
    return this.#key === other.#key;
  }

  draw(): HTMLElement {
    const { people, others, shape, where } = this.#names;
    const element = document.createElement('div');
    element.className = `weft-name-row is-${where} is-${shape}`;
    element.append(...people.map((one) => tagOf(one, shape)));
    if (others.length > 0) element.append(numberOf(others, people.length > 0));
    this.#put(element);
    return element;
  }

  /** Only what says the same is moved: anything else appears anew. */
  update(element: HTMLElement, previous: LayerMarker): boolean {
    if (!(previous instanceof NameMarker) || previous.#words !== this.#words) return false;
    this.#put(element);
    return true;
  }

  #put(element: HTMLElement): void {
    const { x, y, isRightwards, room } = this.#names;
    element.style.transform = `translate(${x}px, ${y}px) translate(${isRightwards ? '0' : '-100%'}, -50%)`;
    element.style.maxWidth = `${room}px`;
  }
}

function tagOf({ sessionId, name, color, isIdle }: Named, shape: NamePlace['shape']): HTMLElement {
  const tag = document.createElement('span');
  tag.className = `weft-name person${isIdle ? ' is-idle' : ''}`;
  tag.part.value = 'caret-label';
  tag.dataset['testid'] = 'caret-name';
  tag.dataset['session'] = sessionId;
  tag.dir = 'auto';
  tag.translate = false;
  tag.title = name;
  tag.style.setProperty('--person', color);
  tag.textContent = shape === 'name' ? firstNameOf(name) : initialsOf(name);
  return tag;
}

/** The number of those who are not named. */
function numberOf(others: readonly Named[], hasOthers: boolean): HTMLElement {
  const tag = document.createElement('span');
  tag.className = 'weft-name is-number';
  tag.title = inList(others.map(({ name }) => name));
  tag.textContent = `${hasOthers ? '+' : ''}${inDigits(others.length)}`;
  return tag;
}
