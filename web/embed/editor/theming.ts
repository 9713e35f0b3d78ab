import { contrast, type Rgb } from './contrast.ts';

/** Colours that a host may set, by the property of ours that they take the place of. */
const COLOURS = { ink: '--weft-ink', sheet: '--weft-background', accent: '--weft-accent' } as const;
/** WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;

/** Keeps the colours of the host in `box`, also after it has changed them by a class or a style of its own. */
export function watchColours(host: Element, box: HTMLElement): { take: () => void; end: () => void } {
  const take = (): void => takeColours(host, box);
  const observer = new MutationObserver(take);
  const filter = { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'theme'] };
  for (let part: Element | null = host; part !== null; part = part.parentElement) observer.observe(part, filter);
  return { take, end: () => observer.disconnect() };
}

/**
 * Takes the colours of the host into `box`, unless letters could not be read on them: then ours stay. `host` is the element on whose
 * computed style the host has set them.
 */
function takeColours(host: Element, box: HTMLElement): void {
  const given = getComputedStyle(host);
  for (const name of Object.keys(COLOURS)) box.style.removeProperty(`--${name}`);
  const own = getComputedStyle(box);
  const read = (name: keyof typeof COLOURS): { value: string; rgb: Rgb } | undefined => {
    const value = given.getPropertyValue(COLOURS[name]).trim();
    const rgb = value === '' ? undefined : rgbOf(value);
    return rgb && { value, rgb };
  };
  const ours = (name: keyof typeof COLOURS): Rgb => rgbOf(own.getPropertyValue(`--${name}`).trim()) ?? [0, 0, 0];
  const [ink, sheet, accent] = [read('ink'), read('sheet'), read('accent')];
  const isReadable = contrast(ink?.rgb ?? ours('ink'), sheet?.rgb ?? ours('sheet')) >= LEAST_CONTRAST;
  if (isReadable && ink) box.style.setProperty('--ink', ink.value);
  if (isReadable && sheet) box.style.setProperty('--sheet', sheet.value);
  const ground = isReadable && sheet ? sheet.rgb : ours('sheet');
  if (accent && contrast(accent.rgb, ground) >= LEAST_CONTRAST) box.style.setProperty('--accent', accent.value);
}

const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** Any colour of CSS; undefined if it is none, or lets shine through what is below. */
function rgbOf(color: string): Rgb | undefined {
  if (context === null || !CSS.supports('color', color)) return undefined;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return alpha === 255 ? [red!, green!, blue!] : undefined;
}
