import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';
import type { EmbedOptions, WeftEditorElement } from '../../embed/contract.ts';
import { tagAttributes } from '../editor-attributes.ts';
import { partsOf } from '../editor-props.ts';
import type { EditorEvent, EditorHandlers } from '../editor-events.ts';
import { EditorTag } from '../editor-tag.ts';

/** Each is given the detail of its event, and the event. */
export type WeftEditorEvents = {
  [Name in EditorEvent as `on${Capitalize<Name>}`]?: EditorHandlers[Name];
};

/** All options of an editor, its events, and what any element of HTML takes. */
export interface WeftEditorProps
  extends
    EmbedOptions,
    WeftEditorEvents,
    Omit<HTMLAttributes<WeftEditorElement>, keyof EmbedOptions | keyof WeftEditorEvents | 'autoFocus'> {}

/** React warns of layout effects on a server, where none run. */
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * An editor in a React page. `children` are shown until it is there, and those with a `slot` go where the slot is. `ref` is the
 * element, with the methods of an editor. Functions may be others at each rendering.
 */
export const WeftEditor: ForwardRefExoticComponent<WeftEditorProps & RefAttributes<WeftEditorElement>> = forwardRef<
  WeftEditorElement,
  WeftEditorProps
>((props, ref) => {
  const { options, handlers, rest } = partsOf(props, (event) => `on${event[0]!.toUpperCase()}${event.slice(1)}`);
  const [attributes] = useState(() => tagAttributes(options));
  const element = useRef<WeftEditorElement>(null);
  const tag = useRef<EditorTag>(undefined);
  useImperativeHandle(ref, () => element.current!, []);
  useBeforePaint(() => (tag.current ??= new EditorTag(element.current!)).update(options, handlers));
  // Not with the layout effects, which end while Suspense hides what is alive.
  useEffect(
    () => () => {
      tag.current?.release();
      tag.current = undefined;
    },
    [],
  );
  const { children, className, ...others } = rest;
  // To React 18, `className` is no name of an attribute here. And what the element says of itself is no mistake of the server's.
  const given = { ...others, ...attributes, class: className, ref: element, suppressHydrationWarning: true };
  return createElement('weft-editor', given, children as React.ReactNode);
});
WeftEditor.displayName = 'WeftEditor';
