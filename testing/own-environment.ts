/**
 * The environment of this process without what is meant for the tests and the runner: settings of Weft, and of the two variables of
 * colours the one that Node complains of on the error output where both are set.
 */
export function ownEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(WEFT_|PORT$|HOST$|FORCE_COLOR$)/.test(name)),
  );
}
