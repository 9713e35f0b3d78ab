import { testCompositions } from './fixtures/composition-scenarios.ts';
import type { EmbeddedPerson } from './fixtures/embedded-person.ts';
import { test, type EmbedOptions } from './fixtures/embed.ts';

/** Everybody writes in the element, in a page of somebody else. */
const inElement = test.extend<{ join: (name: string, options?: EmbedOptions) => Promise<EmbeddedPerson> }>({
  join: async ({ embed }, use) => use(embed),
});

testCompositions(inElement);
