/** `weftdoc/monaco`: a Monaco editor that the host has, as an editor of a document. */
export { bindMonaco } from '../../web/bindings/monaco.ts';

export type { MonacoOptions } from '../../web/bindings/monaco.ts';
