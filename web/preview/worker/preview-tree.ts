/** An element that is safe to show: its tag and attributes went through `safeTree`. */
export interface PreviewElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PreviewNode[];
}

/** A string is text. */
export type PreviewNode = PreviewElement | string;

/** A part of the rendered document that is exchanged as a whole. */
export interface PreviewBlock {
  /** The same for blocks with the same content, also in later renderings; another one otherwise. */
  readonly key: number;
  /** The first line of the text, from 0, that it shows; undefined for footnotes, which stand elsewhere in the text. */
  readonly line: number | undefined;
  /** How many lines it shows. */
  readonly lines: number;
  /** It continues the list of the block before. */
  readonly goesOn: boolean;
}

/** To the worker: a text to render. Answers come in the order of the requests. */
export interface RenderRequest {
  readonly text: string;
}

/** From the worker: all blocks in order, and the content of those keys that the answer before did not have. */
export interface RenderAnswer {
  readonly blocks: readonly PreviewBlock[];
  readonly fresh: readonly (readonly [key: number, nodes: readonly PreviewNode[]])[];
}
