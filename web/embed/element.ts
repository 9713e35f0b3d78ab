import { TAG, WeftEditor } from './element/weft-editor.ts';

/*
 * Importing this registers the element, once for a page: whoever comes second, also with another version of it, finds it there.
 */
if (globalThis.customElements?.get(TAG) === undefined) globalThis.customElements?.define(TAG, WeftEditor);

export { WeftEditor };
