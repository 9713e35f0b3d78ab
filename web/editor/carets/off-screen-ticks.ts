import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView } from '@codemirror/view';
import { keepFocus } from './caret-names.ts';
import { remoteCarets, type RemoteCaret } from './remote-caret.ts';
import { tickPlaces, type TickPlace } from './tick-places.ts';

interface Tick {
  readonly caret: RemoteCaret;
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
export function offScreenTicks(go: (sessionId: string) => void): Extension {
  return ViewPlugin.define((view) => {
    const dom = document.createElement('div');
    dom.className = 'weft-ticks';
    dom.dataset['testid'] = 'off-screen';
    dom.setAttribute('aria-hidden', 'true');
    dom.addEventListener('click', ({ target }) => {
      const sessionId = (target as HTMLElement).dataset['session'];
      if (sessionId !== undefined) go(sessionId);
    });
    keepFocus(dom);
    view.dom.append(dom);
    let shown = '';
    const request = {
      key: 'off-screen',
      read: () => readRail(view),
      write: (rail: Rail) => {
        const next = JSON.stringify(rail);
        if (next === shown) return;
        shown = next;
        draw(dom, rail);
      },
    };
    const measure = (): void => view.requestMeasure(request);
    view.scrollDOM.addEventListener('scroll', measure, { passive: true });
    measure();
    return {
      update: (update) => {
        const isMoved = update.startState.field(remoteCarets) !== update.state.field(remoteCarets);
        if (isMoved || update.geometryChanged || update.docChanged) measure();
      },
      destroy: () => {
        view.scrollDOM.removeEventListener('scroll', measure);
        dom.remove();
      },
    };
  });
}

function readRail(view: EditorView): Rail {
  const { offsetTop, offsetWidth, clientWidth, clientHeight, scrollHeight } = view.scrollDOM;
  const screenTop = view.scrollDOM.getBoundingClientRect().top;
  const padding = view.documentTop - screenTop + view.scrollDOM.scrollTop;
  const off = view.state
    .field(remoteCarets)
    .flatMap((caret) => {
      const { top, bottom } = caretSpan(view, caret.head, screenTop);
      const isOff = bottom <= screenTop || top >= screenTop + clientHeight;
      return isOff ? [{ caret, height: ((top - view.documentTop + padding) / scrollHeight) * clientHeight }] : [];
    })
    .sort((a, b) => a.height - b.height);
  const places = tickPlaces(
    off.map(({ height }) => height),
    clientHeight,
  );
  return {
    top: offsetTop,
    height: clientHeight,
    scrollbar: offsetWidth - clientWidth,
    ticks: off.map(({ caret }, index) => ({ caret, place: places[index]! })),
  };
}

/** Top and bottom of a caret, in pixels of the window, as `screenTop` is; of its whole line if that is off the screen anyway, or is not drawn. */
export function caretSpan(view: EditorView, position: number, screenTop: number): { top: number; bottom: number } {
  const line = view.lineBlockAt(position);
  const [top, bottom] = [line.top + view.documentTop, line.bottom + view.documentTop];
  if (bottom <= screenTop || top >= screenTop + view.scrollDOM.clientHeight) return { top, bottom };
  return view.coordsAtPos(position) ?? { top, bottom };
}

function draw(dom: HTMLElement, { top, height, scrollbar, ticks }: Rail): void {
  dom.style.top = `${top}px`;
  dom.style.height = `${height}px`;
  dom.style.setProperty('--scrollbar', `${scrollbar}px`);
  dom.replaceChildren(...ticks.map(tickOf));
}

function tickOf({ caret, place }: Tick): HTMLElement {
  const tick = document.createElement('div');
  tick.className = `weft-tick person${caret.isIdle ? ' is-idle' : ''}`;
  tick.dataset['session'] = caret.sessionId;
  tick.dataset['name'] = caret.name;
  tick.title = caret.name;
  tick.style.setProperty('--person', caret.color);
  tick.style.transform = `translateY(${place.top}px)`;
  tick.style.height = `${place.bottom - place.top}px`;
  tick.style.setProperty('--middle', `${place.middle - place.top}px`);
  return tick;
}
