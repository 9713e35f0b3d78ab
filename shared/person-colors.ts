/** A colour that people can choose. */
export interface PersonColor {
  readonly name: string;
  readonly value: string;
}

/** The colours to choose from. White text on each has a contrast of 4.5:1, and each on a dark page 3:1 (measured). */
export const PERSON_COLORS: readonly PersonColor[] = [
  { name: 'Madder', value: '#ba3d47' },
  { name: 'Rust', value: '#b95500' },
  { name: 'Ochre', value: '#966400' },
  { name: 'Olive', value: '#767600' },
  { name: 'Moss', value: '#257a07' },
  { name: 'Pine', value: '#00855f' },
  { name: 'Teal', value: '#007a7b' },
  { name: 'Lagoon', value: '#007da6' },
  { name: 'Woad', value: '#2e67c6' },
  { name: 'Iris', value: '#6f58c2' },
  { name: 'Plum', value: '#974aa8' },
  { name: 'Cochineal', value: '#b03f7d' },
];
