import type { Extension, StateEffectType, Transaction } from '@codemirror/state';
import { EditorView, ViewPlugin, type PluginValue, type ViewUpdate } from '@codemirror/view';
import { heldPlace, measure, topOfPlace, type HeldPlace } from './held-place.ts';

/** How often scrolling and measuring may follow each other before what is held counts as reached: where lines wrap anew, heights change. */
const MOST_STEPS = 6;
/** Pixels that a caret keeps from the edges of the screen when what is beside the text would cover its row. */
const CARET_MARGIN = 8;
/** The part of the screen that may be made of room which the text does not have, at most. */
const MOST_ROOM = 0.4;

/** What a place on the screen depends on, besides scrolling. */
interface Frame {
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly lineHeight: number;
}

class LineHolder implements PluginValue {
  readonly #view: EditorView;
  readonly #sizes: ResizeObserver;
  readonly #request = { key: this, read: () => this.#look() };
  readonly #lookSoon = (): void => this.#view.requestMeasure(this.#request);
  readonly #whenScrolled = (): void => this.#takeBack();
  #frame: Frame;
  #held: HeldPlace | undefined;
  /** The caret wants to be seen, wherever it went since things were looked at. */
  #isLed = false;
  /** The row of the caret stands at `now` because what is below the text would have covered it at `top`. Pixels of the window. */
  #pushed: { readonly top: number; readonly now: number } | undefined;
  #roomAbove = 0;
  #roomBelow = 0;

  constructor(view: EditorView) {
    this.#view = view;
    this.#frame = frameOf(view);
    // Its border is what the page gives; scrollbars come and go within.
    this.#sizes = new ResizeObserver(() => this.#hold());
    this.#sizes.observe(view.scrollDOM, { box: 'border-box' });
    view.scrollDOM.addEventListener('scroll', this.#lookSoon, { passive: true });
    view.scrollDOM.addEventListener('scrollend', this.#whenScrolled);
    this.#lookSoon();
  }

  update({ transactions, changes, docChanged, selectionSet, geometryChanged }: ViewUpdate): void {
    if (this.#held !== undefined && docChanged) this.#held = { ...this.#held, pos: changes.mapPos(this.#held.pos, -1) };
    this.#isLed ||= transactions.some((one) => one.scrollIntoView);
    if (transactions.some(goesElsewhere)) this.#held = undefined;
    if (docChanged || selectionSet || geometryChanged || this.#held === undefined) this.#lookSoon();
  }

  destroy(): void {
    this.#sizes.disconnect();
    this.#view.scrollDOM.removeEventListener('scroll', this.#lookSoon);
    this.#view.scrollDOM.removeEventListener('scrollend', this.#whenScrolled);
  }

  /** Takes down where things are, as long as the page around the text is as it was. */
  #look(): void {
    if (this.#view.scrollDOM.clientHeight === 0) return;
    // A view cannot be changed while it measures.
    if (!isSameFrame(frameOf(this.#view), this.#frame)) return queueMicrotask(() => this.#hold());
    this.#held = heldPlace(this.#view);
    if (!this.#isPushed()) this.#pushed = undefined;
    this.#isLed = false;
  }

  /** Whether the caret still is where it was pushed to: who scrolled or went elsewhere since is there because they want to. */
  #isPushed(): boolean {
    if (this.#pushed === undefined || this.#held?.kind !== 'caret') return false;
    return Math.abs(this.#held.top - this.#pushed.now) <= 1;
  }

  /** Puts what is held back to its height. Observers of sizes are called before the page is painted. */
  #hold(): void {
    const view = this.#view;
    if (matchMedia('print').matches) return;
    if (view.scrollDOM.clientHeight === 0) {
      // Not shown for a while; it may have lost its place when it is shown again.
      this.#frame = { ...this.#frame, height: 0 };
      return;
    }
    this.#measure();
    const [before, frame] = [this.#frame, frameOf(view)];
    this.#frame = frame;
    let wanted = this.#isPushed() ? this.#pushed!.top : undefined;
    if (this.#held !== undefined && !isSameFrame(before, frame)) {
      const isFree = wanted !== undefined && isInside(wanted, frame);
      const top = isFree ? wanted! : topInside(this.#held, before, frame);
      // It comes back when what pushed it up is gone. What comes above the text is small, and so is what that moves.
      if (isFree) wanted = undefined;
      else if (top < this.#held.top) wanted ??= this.#held.top;
      for (let step = 0; step < MOST_STEPS; step += 1) {
        const moved = Math.round(topOfPlace(view, this.#held) - top);
        if (moved === 0) break;
        this.scrollBy(moved);
        this.#measure();
      }
      if (this.#isLed) view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head) });
    }
    this.#held = heldPlace(view);
    this.#pushed =
      wanted !== undefined && this.#held?.kind === 'caret' ? { top: wanted, now: this.#held.top } : undefined;
    this.#isLed = false;
  }

  #measure(): void {
    this.#view.requestMeasure();
    measure(this.#view);
  }

  scrollBy(distance: number): void {
    const { scrollDOM } = this.#view;
    const wanted = scrollDOM.scrollTop + distance - this.#roomAbove;
    const above = Math.min(Math.max(0, -wanted), MOST_ROOM * scrollDOM.clientHeight);
    this.#make(above, 0);
    const most = scrollDOM.scrollHeight - scrollDOM.clientHeight;
    if (wanted + above > most) this.#make(above, Math.min(wanted + above, most + MOST_ROOM * scrollDOM.clientHeight));
    scrollDOM.scrollTop = wanted + above;
  }

  /** Room that was scrolled out of sight is no longer needed. Not while the text is scrolled, which that would end. */
  #takeBack(): void {
    const { scrollDOM } = this.#view;
    if (this.#roomAbove === 0 && this.#roomBelow === 0) return;
    const { scrollTop } = scrollDOM;
    const unseen = Math.min(this.#roomAbove, scrollTop);
    this.#make(this.#roomAbove - unseen, Math.min(this.#roomBelow, scrollTop - unseen));
    scrollDOM.scrollTop = scrollTop - unseen;
  }

  #make(above: number, below: number): void {
    if (above === this.#roomAbove && below === this.#roomBelow) return;
    this.#roomAbove = above;
    this.#roomBelow = below;
    // Not on the content: the view watches it.
    this.#view.scrollDOM.style.setProperty('--room-above', `${above}px`);
    this.#view.scrollDOM.style.setProperty('--room-below', `${below}px`);
  }
}

/** The height of a row is that of its style: what the view takes it for changes as it measures lines, and nothing has moved then. */
function frameOf({ scrollDOM, contentDOM }: EditorView): Frame {
  const { top, width, height } = scrollDOM.getBoundingClientRect();
  return { top, width, height, lineHeight: parseFloat(getComputedStyle(contentDOM).lineHeight) };
}

function isSameFrame(a: Frame, b: Frame): boolean {
  return a.top === b.top && a.width === b.width && a.height === b.height && a.lineHeight === b.lineHeight;
}

/** Whether a row at a height is shown wholly. */
function isInside(top: number, { top: first, height, lineHeight }: Frame): boolean {
  return top >= first && top + lineHeight <= first + height;
}

/** The height at which a place goes on to be, in pixels of the window: its own, unless that hides a caret that could be seen. */
function topInside({ kind, top }: HeldPlace, before: Frame, now: Frame): number {
  if (kind !== 'caret') return top;
  const bottom = top + now.lineHeight;
  const [first, last] = [now.top, now.top + now.height];
  if (top < first && top >= before.top) return first + CARET_MARGIN;
  if (bottom > last && bottom <= before.top + before.height)
    return Math.max(first + CARET_MARGIN, last - now.lineHeight - CARET_MARGIN);
  return top;
}

/** The type of all effects that scroll somewhere, which CodeMirror does not export. */
const { type: scrolling } = EditorView.scrollIntoView(0) as unknown as { type: StateEffectType<unknown> };

/** The view is about to show another place. */
function goesElsewhere({ effects }: Transaction): boolean {
  return effects.some((effect) => effect.is(scrolling));
}

const holder = ViewPlugin.define((view) => new LineHolder(view));

/**
 * Keeps the row of the own caret (or what is shown first, if that is out of sight) at its height on the screen, whatever becomes of the
 * page around the text: bands, panels, sheets, keyboards on the screen, sizes of the window and of the letters. If the row would be
 * covered, it moves as little as that needs. What the text does not give, room above its beginning or below its end, is made. Where the
 * text stands in little room, `--text-above` and `--text-below` are what is left free around it.
 */
export const holdLine: Extension = [
  holder,
  EditorView.theme({
    '.cm-content': {
      paddingBlock: 'calc(var(--text-above, var(--space-6)) + var(--room-above, 0px)) var(--text-below, 32vh)',
      // A text that fits on the screen can be scrolled over the room, which that takes back.
      minHeight: 'calc(100% + var(--room-above, 0px) + var(--room-below, 0px))',
    },
    '@media print': { '.cm-content': { paddingBlock: '0', minHeight: '0' } },
  }),
];

/** Scrolls the text by pixels, without a user who did so; if the text ends before that, `holdLine` makes room. */
export function scrollText(view: EditorView, distance: number): void {
  const lines = view.plugin(holder);
  if (lines === null) view.scrollDOM.scrollTop += distance;
  else lines.scrollBy(distance);
}
