import { mount, unmount } from 'svelte';
import '../../words/reactive.ts';
import controls from '../../styles/controls.css?embedded';
import type { Stay, StayChrome } from '../stay/stay.ts';
import { addStyles } from '../stay/styles.ts';
import EmbedChrome from './EmbedChrome.svelte';
import { EmbedModel } from './embed-model.svelte.ts';

addStyles(controls);

/** Makes what surrounds the text of a stay. */
export function makeChrome(stay: Stay): StayChrome {
  const model = new EmbedModel(stay);
  return {
    show(box, frame) {
      const view = mount(EmbedChrome, { target: box, props: { model } });
      const press = (event: KeyboardEvent): void => {
        if (event.key !== 'Escape' || event.defaultPrevented || model.following.userId === undefined) return;
        model.following.end();
        event.preventDefault();
      };
      frame.addEventListener('keydown', press);
      return () => {
        frame.removeEventListener('keydown', press);
        void unmount(view);
      };
    },
    follow(sessionId) {
      const { following, live } = model;
      following.end();
      const person = live.people.find(({ sessionIds }) => sessionId !== null && sessionIds.includes(sessionId));
      if (person !== undefined && !person.isSelf) following.toggle(person.userId);
    },
    ownAction: () => model.following.end(),
    close: () => model.close(),
  };
}
