/** What rooms say to the log; pino fits. Never given document text or credentials. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
