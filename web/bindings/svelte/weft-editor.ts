import type { Component } from 'svelte';
import type { EmbedHandle, WeftEditorElement } from '../../embed/contract.ts';
import { handleOf } from '../editor-handle.ts';
import type { WeftEditorProps } from './weft-editor-props.ts';
import Tag from './WeftEditor.svelte';

/** A server renders a component and gets nothing of it. */
type Rendered = { element(): WeftEditorElement } | undefined;

/** An editor in a Svelte page. `bind:this` gives the methods of an editor. Functions may be others each time. */
export const WeftEditor: Component<WeftEditorProps, EmbedHandle> = (internals, props) => {
  const rendered = (Tag as Component<WeftEditorProps>)(internals, props) as Rendered;
  return (rendered && handleOf(() => rendered.element())) as EmbedHandle;
};
