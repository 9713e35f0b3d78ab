import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView } from '@codemirror/view';
import { keepFocus } from './caret-names.ts';
import type { CaretHeights, HeightsReader } from './caret-heights.ts';
import type { RemoteCaret } from './remote-caret.ts';
import { tickPlaces, type TickPlace } from './tick-places.ts';

interface Tick extends Pick<RemoteCaret, 'sessionId' | 'name' | 'color' | 'isIdle'> {
  readonly place: TickPlace;
}

/** What the screen shows of the text, in pixels. */
interface Rail {
  readonly top: number;
  readonly height: number;
  readonly scrollbar: number;
  readonly ticks: readonly Tick[];
}

/**
 * A tick beside the scrollbar for everybody whose caret is not on the screen, at its height in the whole text; `go` is called when one
 * is pressed. For pointers only: the list of people leads there by keyboard, and tells screen readers.
 */
export class OffScreenTicks {
  readonly #dom = document.createElement('div');
  #shown = '';

  constructor(go: (sessionId: string) => void) {
    const dom = this.#dom;
    dom.className = 'weft-ticks';
    dom.dataset['testid'] = 'off-screen';
    dom.setAttribute('aria-hidden', 'true');
    dom.addEventListener('click', ({ target }) => {
      const sessionId = (target as HTMLElement).dataset['session'];
      if (sessionId !== undefined) go(sessionId);
    });
    keepFocus(dom);
  }

  /** The place in the view. */
  get extension(): Extension {
    return ViewPlugin.define((view) => {
      view.dom.append(this.#dom);
      return { destroy: () => this.#dom.remove() };
    });
  }

  readonly read: HeightsReader = (view, heights) => {
    const rail = readRail(view, heights);
    return () => {
      const next = JSON.stringify(rail);
      if (next === this.#shown) return;
      this.#shown = next;
      draw(this.#dom, rail);
    };
  };
}

function readRail(view: EditorView, { carets, screenTop, screenBottom, documentTop }: CaretHeights): Rail {
  const { offsetTop, offsetWidth, clientWidth, clientHeight, scrollHeight, scrollTop } = view.scrollDOM;
  const padding = documentTop - screenTop + scrollTop;
  const off = carets
    .filter(({ top, bottom }) => bottom <= screenTop || top >= screenBottom)
    .map(({ caret, top }) => ({ caret, height: ((top - documentTop + padding) / scrollHeight) * clientHeight }))
    .sort((a, b) => a.height - b.height);
  // Whole pixels: in a long text every letter moves all of them by less, and each would have to be drawn anew.
  const places = tickPlaces(
    off.map(({ height }) => Math.round(height)),
    clientHeight,
  );
  return {
    top: offsetTop,
    height: clientHeight,
    scrollbar: offsetWidth - clientWidth,
    ticks: off.map(({ caret: { sessionId, name, color, isIdle } }, index) => ({
      sessionId,
      name,
      color,
      isIdle,
      place: places[index]!,
    })),
  };
}

function draw(dom: HTMLElement, { top, height, scrollbar, ticks }: Rail): void {
  dom.style.top = `${top}px`;
  dom.style.height = `${height}px`;
  dom.style.setProperty('--scrollbar', `${scrollbar}px`);
  dom.replaceChildren(...ticks.map(tickOf));
}

function tickOf({ sessionId, name, color, isIdle, place }: Tick): HTMLElement {
  const tick = document.createElement('div');
  tick.className = `weft-tick person${isIdle ? ' is-idle' : ''}`;
  tick.dataset['session'] = sessionId;
  tick.dataset['name'] = name;
  tick.title = name;
  tick.style.setProperty('--person', color);
  tick.style.transform = `translateY(${place.top}px)`;
  tick.style.height = `${place.bottom - place.top}px`;
  tick.style.setProperty('--middle', `${place.middle - place.top}px`);
  return tick;
}
