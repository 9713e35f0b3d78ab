/** A line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** The shortcut, key by key, at the end of the line. */
  readonly keys?: readonly string[] | undefined;
  /** On or off; undefined for what is done, not switched. */
  readonly isOn?: boolean | undefined;
  /** What it belongs to; a line parts it from lines of another group. */
  readonly group?: string | undefined;
  /** Stands last, in the colour of danger. */
  readonly isDanger?: boolean | undefined;
  /** It is shown, and cannot be done now. */
  readonly isDisabled?: boolean | undefined;
  run(): void;
}
