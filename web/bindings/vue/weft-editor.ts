import { defineComponent, h, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue';
import type { PropType } from 'vue';
import type { EmbedHandle, EmbedOptions, WeftEditorElement } from '../../embed/contract.ts';
import { tagAttributes } from '../editor-attributes.ts';
import { handleOf } from '../editor-handle.ts';
import type { EditorHandlers } from '../editor-events.ts';
import { EditorTag } from '../editor-tag.ts';

type Option<Name extends keyof EmbedOptions> = PropType<NonNullable<EmbedOptions[Name]>>;
type Told<Name extends keyof EditorHandlers> = Parameters<NonNullable<EditorHandlers[Name]>>;

/** An event that may be listened to, with its detail and the event itself. */
const told =
  <Name extends keyof EditorHandlers>() =>
  (..._told: Told<Name>): boolean =>
    true;

const Editor = defineComponent({
  name: 'WeftEditor',
  props: {
    document: { type: String, required: true },
    server: String,
    mode: String as Option<'mode'>,
    readonly: Boolean,
    disabled: Boolean,
    required: Boolean,
    maxlength: Number,
    name: String,
    placeholder: String,
    theme: String as Option<'theme'>,
    lang: String,
    loading: String as Option<'loading'>,
    presence: String as Option<'presence'>,
    toolbar: String as Option<'toolbar'>,
    status: String as Option<'status'>,
    lineNumbers: Boolean,
    autofocus: Boolean,
    flushOnSubmit: Boolean,
    token: [String, Function] as Option<'token'>,
    user: Object as Option<'user'>,
    link: Object as Option<'link'>,
    nonce: String,
  },
  emits: {
    ready: told<'ready'>(),
    change: told<'change'>(),
    state: told<'state'>(),
    presence: told<'presence'>(),
    selection: told<'selection'>(),
    refused: told<'refused'>(),
  },
  setup(props, { emit, expose, slots }) {
    const element = shallowRef<WeftEditorElement>();
    const attributes = tagAttributes(props);
    const handlers: EditorHandlers = {
      ready: (...given) => emit('ready', ...given),
      change: (...given) => emit('change', ...given),
      state: (...given) => emit('state', ...given),
      presence: (...given) => emit('presence', ...given),
      selection: (...given) => emit('selection', ...given),
      refused: (...given) => emit('refused', ...given),
    };
    let tag: EditorTag | undefined;
    const update = (): void => tag?.update({ ...props }, handlers);
    watch(() => ({ ...props }), update, { deep: true, flush: 'post' });
    onMounted(() => {
      tag = new EditorTag(element.value!);
      update();
    });
    onBeforeUnmount(() => tag?.release());
    expose(handleOf(() => element.value!));
    return () => h('weft-editor', { ...attributes, ref: element }, slots['default']?.());
  },
});

/**
 * An editor in a Vue page. The default slot is shown until it is there, and what has a `slot` attribute in it goes where that slot
 * of the editor is. A template ref has the methods of an editor.
 */
export const WeftEditor = Editor as typeof Editor & (new () => InstanceType<typeof Editor> & EmbedHandle);
