import { SeededRandom } from '../../shared/testing/random.ts';

const WORDS =
  'the cloth is made of one long thread that goes over and under all the others until it comes back again'.split(' ');

/** Markdown of a length in UTF-16 units: headings, paragraphs, lists, emphasis. */
export function longText(length: number): string {
  const random = new SeededRandom(1);
  const word = (): string => {
    const plain = WORDS[random.below(WORDS.length)]!;
    if (random.chance(3)) return `**${plain}**`;
    return random.chance(2) ? `\`${plain}\`` : plain;
  };
  const sentence = (words: number): string => `${Array.from({ length: words }, word).join(' ')}.`;
  const blocks: string[] = [];
  for (let written = 0; written < length; written += blocks.at(-1)!.length) {
    if (random.chance(8)) blocks.push(`## ${sentence(4)}\n\n`);
    else if (random.chance(15)) blocks.push(`${Array.from({ length: 5 }, () => `- ${sentence(8)}`).join('\n')}\n\n`);
    else blocks.push(`${sentence(20 + random.below(120))}\n\n`);
  }
  return blocks.join('').slice(0, length);
}
