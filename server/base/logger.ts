/** The logger that rooms and jobs need; pino satisfies it. Never given document text or credentials. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
