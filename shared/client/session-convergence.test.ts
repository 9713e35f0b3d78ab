import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../testing/random.ts';
import { EditBuilder, type Edit } from '../text/edit.ts';
import { TestWorld, type Participant } from './testing/participant.ts';

const LETTERS = ['a', 'b', ' ', '\n', '漢', '😀', 'e\u0301'];

/** An edit at one place of a text, never inside a surrogate pair. */
function randomEdit(text: string, random: SeededRandom): Edit {
  const characters = [...text];
  const from = random.below(characters.length + 1);
  const removed = random.chance(30) ? Math.min(characters.length - from, random.below(4)) : 0;
  const builder = new EditBuilder();
  builder.retain(characters.slice(0, from).join('').length);
  if (removed === 0 || random.chance(40)) builder.insert(random.pick(LETTERS));
  builder.delete(characters.slice(from, from + removed).join('').length);
  return builder.finish();
}

/** A view as an editor keeps it: it knows only the changes that it was told. */
class View {
  text: string;

  constructor(participant: Participant) {
    this.text = participant.text;
    participant.session.on('change', ({ edit }) => (this.text = applyTo(this.text, edit)));
  }
}

function applyTo(text: string, edit: Edit): string {
  let result = '';
  let position = 0;
  for (const part of edit) {
    if (typeof part === 'string') result += part;
    else if (part > 0) result += text.slice(position, (position += part));
    else position -= part;
  }
  return result + text.slice(position);
}

describe('three sessions that type, undo and lose connections', () => {
  it.each(Array.from({ length: 60 }, (_, index) => index + 1))('agree in the end, seed %i', (seed) => {
    const random = new SeededRandom(seed);
    const world = new TestWorld('Hello 😀 world', seed);
    if (random.chance(30)) world.server.longestTail = 3;
    const people = ['anna', 'ben', 'carla'].map((name) => world.joined(name));
    const views = people.map((participant) => new View(participant));
    for (let step = 0; step < 300; step += 1) {
      const participant = random.pick(people);
      const what = random.below(100);
      const { session } = participant;
      if (what < 40) session.edit(randomEdit(participant.text, random), { group: 'typing' });
      else if (what < 44) session.undo();
      else if (what < 46) session.redo();
      else if (what < 50) session.setSelection([{ anchor: 0, head: random.below(session.text.length + 1) }]);
      else if (what < 51) random.pick(world.server.links).cut();
      else if (what < 55) world.clock.advance(random.below(400));
      else {
        const link = random.pick(world.server.links);
        if (random.chance(50)) link.deliverUp();
        else link.deliverDown();
      }
      for (const [index, view] of views.entries()) expect(view.text).toBe(people[index]!.text);
    }
    world.pass(60_000);
    for (const [index, { text, status }] of people.entries()) {
      expect(text, `seed ${seed}`).toBe(world.server.text);
      expect(views[index]!.text).toBe(text);
      expect(['live', 'saved']).toContain(status);
    }
    expect(world.server.changes.map(({ version }) => version)).toEqual(
      world.server.changes.map((_, index) => index + 1),
    );
    const named = world.server.changes.map(({ clientId, seq }) => `${clientId} ${seq}`);
    expect(new Set(named).size).toBe(named.length);
    agreeOnCarets(people);
  });
});

/** Everybody sees every caret where its owner has it. */
function agreeOnCarets(people: readonly Participant[]): void {
  for (const owner of people) {
    const id = owner.session.self!.id;
    const own = owner.session.collaborators[0]!.cursor?.ranges;
    for (const other of people) {
      const seen = other.session.collaborators.find(({ sessionId }) => sessionId === id)?.cursor?.ranges;
      expect(seen).toEqual(own);
    }
  }
}

describe('undo beside others', () => {
  it.each(Array.from({ length: 60 }, (_, index) => index + 1))('takes back only one’s own letters, seed %i', (seed) => {
    const random = new SeededRandom(seed);
    const world = new TestWorld('0123456789', seed);
    const [anna, ben] = [world.joined('anna'), world.joined('ben')];
    for (let step = 0; step < 80; step += 1) {
      const position = (who: Participant): number => random.below(who.session.text.length + 1);
      if (random.chance(40)) anna.session.insert(position(anna), random.pick(['A', 'B', 'C']));
      else if (random.chance(40)) ben.session.insert(position(ben), random.pick(['x', 'y', 'z']));
      else if (random.chance(20)) anna.session.undo();
      else if (random.chance(20)) anna.session.redo();
      else if (random.chance(10)) random.pick(world.server.links).cut();
      else world.pass(random.below(600));
    }
    world.pass(60_000);
    const others = [...world.server.text].filter((letter) => !'ABC'.includes(letter)).join('');
    while (anna.session.canUndo) anna.session.undo();
    world.pass(1000);
    expect(world.server.text, `seed ${seed}`).toBe(others);
    expect(ben.text).toBe(others);
    while (anna.session.canRedo) anna.session.redo();
    world.pass(1000);
    expect([...ben.text].filter((letter) => !'ABC'.includes(letter)).join('')).toBe(others);
  });
});
