/**
 * The text beside the preview, as far as scrolling is concerned. Lines count from 0; the part after the point is how far the line,
 * which may be drawn as several rows, is above the top of what can be seen.
 */
export interface TextScroller {
  /** The line at the upper edge of what can be seen. */
  lineAtTop(): number;
  /** Scrolls so that `line` is at the upper edge, as far as the text is long enough; `fraction` of it is above the edge. */
  scrollToLine(line: number, fraction?: number): void;
  /** Calls back after every scrolling, whoever caused it; returns the function that ends it. */
  onScroll(callback: () => void): () => void;
}
