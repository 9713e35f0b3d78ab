/** `weftdoc/codemirror`: a CodeMirror view that the host has, as an editor of a document. */
export { collaboration, redo, undo } from '../../web/bindings/codemirror.ts';

export type { CollaborationOptions } from '../../web/bindings/codemirror.ts';
