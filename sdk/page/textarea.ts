/** `weftdoc/textarea`: a text field that the host has, as an editor of a document. */
export { bindTextarea } from '../../web/bindings/textarea.ts';
