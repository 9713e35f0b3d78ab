import { isolated } from '../../shared/isolated.ts';
import type { Command } from '../app/commands.svelte.ts';
import type { PeoplePage } from '../people/following.svelte.ts';
import { peopleWords } from '../words/en/people.ts';

/** Going to everybody else who is here and has a caret, and following them: found by their names. */
export function peopleCommands(page: PeoplePage): Command[] {
  return page.live.people
    .filter((person) => !person.isSelf)
    .flatMap((person): Command[] => {
      const { userId } = person;
      const name = isolated(person.name);
      const follow: Command = {
        ...{ id: `follow-${userId}`, group: 'people', label: () => peopleWords.followOne(name) },
        isOn: () => page.following.userId === userId,
        run: () => page.following.toggle(userId),
      };
      if (page.whereIs(person) === undefined) return [follow];
      const go = (): void => page.goTo(person);
      return [{ id: `go-to-${userId}`, group: 'people', label: () => peopleWords.goTo(name), run: go }, follow];
    });
}
