/**
 * The environment of this process without what is meant for the tests and their runner: the settings of Weft, and FORCE_COLOR,
 * because Node warns on standard error when NO_COLOR is set too.
 */
export function ownEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(WEFT_|PORT$|HOST$|FORCE_COLOR$)/.test(name)),
  );
}
