/** A window that loses more than this, in pixels, while a field has the focus, loses it to a keyboard; bars of browsers take less. */
const KEYBOARD = 150;

/** How much of the page's height, in pixels, is not under a keyboard; what is zoomed in is merely out of sight. */
export function seenHeight({ visualViewport, innerHeight }: Pick<Window, 'visualViewport' | 'innerHeight'>): number {
  return visualViewport === null ? innerHeight : visualViewport.height * visualViewport.scale;
}

/** Whether a keyboard on the screen takes room, given what can be seen of the page and the most that could be seen at this width. */
export function isKeyboardUp(seen: number, tallest: number, isFieldFocused: boolean): boolean {
  return isFieldFocused && tallest - seen > KEYBOARD;
}

/** The keyboard on the screen, as state. */
export class ScreenKeyboard {
  #isUp = $state(false);
  #tallest = 0;
  #width = 0;

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Watches the window; returns the function that ends it. */
  watch(): () => void {
    const look = (): void => {
      const seen = seenHeight(window);
      // Turned around, the screen is another one.
      if (this.#width !== window.innerWidth) this.#tallest = 0;
      this.#width = window.innerWidth;
      this.#tallest = Math.max(this.#tallest, seen);
      this.#isUp = isKeyboardUp(seen, this.#tallest, isField(document.activeElement));
    };
    const later = (): void => void requestAnimationFrame(look);
    look();
    window.visualViewport?.addEventListener('resize', look);
    window.addEventListener('resize', look);
    document.addEventListener('focusin', later);
    document.addEventListener('focusout', later);
    return () => {
      window.visualViewport?.removeEventListener('resize', look);
      window.removeEventListener('resize', look);
      document.removeEventListener('focusin', later);
      document.removeEventListener('focusout', later);
    };
  }
}

function isField(element: Element | null): boolean {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches('input, textarea'));
}
