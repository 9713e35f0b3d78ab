/** A stretch of more than 50 ms in which the page could not answer. Milliseconds since the page was opened. */
export interface LongTask {
  readonly at: number;
  readonly duration: number;
}

/** What `page/probe.ts` saw in a page since it was last asked. */
export interface PageReport {
  /** From each press of a letter to the frame that shows it, milliseconds. */
  readonly painted: readonly number[];
  readonly longTasks: readonly LongTask[];
  /** When the first frame with letters of a document was painted, milliseconds since the page was opened. */
  readonly firstText: number | undefined;
}

/** When letters were on the screen, milliseconds since 1970, so that the times of frames compare with those of their page. */
export interface ShownText {
  /** Of the first editor of the page. */
  readonly first: number;
  readonly all: number;
}

/** Under this name the probe hands itself out in the page: `window.probe`. */
export interface PageProbe {
  take(): PageReport;
  /** Resolves once all editors of the page show letters. */
  readonly shown: Promise<ShownText>;
}
