import type { LayerMarker, RectangleMarker } from '@codemirror/view';
import type { RemoteCaret } from './remote-caret.ts';

interface NamePlace {
  readonly isNamed: boolean;
  /** How many names lie below this one already. */
  readonly level: number;
  readonly isBelow: boolean;
  readonly isLeft: boolean;
}

/** A piece of what somebody else has selected. */
export class SelectionMarker implements LayerMarker {
  constructor(
    readonly box: RectangleMarker,
    readonly color: string,
  ) {}

  eq(other: SelectionMarker): boolean {
    return this.color === other.color && this.box.eq(other.box);
  }

  draw(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'weft-selection';
    this.update(element);
    return element;
  }

  update(element: HTMLElement): boolean {
    element.style.left = `${this.box.left}px`;
    element.style.top = `${this.box.top}px`;
    element.style.height = `${this.box.height}px`;
    element.style.width = `${this.box.width ?? 0}px`;
    element.style.setProperty('--person', this.color);
    return true;
  }
}

/** Somebody else's caret with their name. */
export class CaretMarker implements LayerMarker {
  constructor(
    readonly box: RectangleMarker,
    readonly caret: RemoteCaret,
    readonly place: NamePlace,
  ) {}

  eq(other: CaretMarker): boolean {
    return (
      this.box.eq(other.box) &&
      this.caret.sessionId === other.caret.sessionId &&
      this.caret.name === other.caret.name &&
      this.caret.color === other.caret.color &&
      this.caret.isIdle === other.caret.isIdle &&
      this.place.isNamed === other.place.isNamed &&
      this.place.level === other.place.level &&
      this.place.isBelow === other.place.isBelow &&
      this.place.isLeft === other.place.isLeft
    );
  }

  draw(): HTMLElement {
    const element = document.createElement('div');
    const name = document.createElement('span');
    name.dir = 'auto';
    element.append(name);
    this.#show(element);
    return element;
  }

  /** Only an element of the same person is moved; otherwise it would seem to jump across the page. */
  update(element: HTMLElement, previous: LayerMarker): boolean {
    if (!(previous instanceof CaretMarker) || previous.caret.sessionId !== this.caret.sessionId) return false;
    this.#show(element);
    return true;
  }

  #show(element: HTMLElement): void {
    const { caret, place } = this;
    element.className = [
      'weft-caret',
      place.isNamed && 'is-named',
      place.isBelow && 'is-below',
      place.isLeft && 'is-left',
      caret.isIdle && 'is-idle',
    ]
      .filter(Boolean)
      .join(' ');
    element.dataset['testid'] = 'remote-caret';
    element.dataset['name'] = caret.name;
    element.style.setProperty('--person', caret.color);
    element.style.setProperty('--level', String(place.level));
    // Moved by a transform, which costs no layout of the page; and at once, because frames of an animation delay the own letters.
    element.style.transform = `translate(${this.box.left}px, ${this.box.top}px)`;
    element.style.height = `${this.box.height}px`;
    element.firstElementChild!.textContent = caret.name;
  }
}
