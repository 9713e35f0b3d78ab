import { ConfigError, parseConfig, type Config } from '../setup/config.ts';
import { settingsSchema, type SettingName, type Settings } from '../setup/settings.ts';

type CamelCase<Name extends string> = Name extends `${infer Word}_${infer Rest}`
  ? `${Lowercase<Word>}${Capitalize<CamelCase<Rest>>}`
  : Lowercase<Name>;

/**
 * The host application listens itself, and the prefix of the registration is the base path. The level of the log is an option of every
 * plugin, for whose type undefined is none.
 */
type OptionName<Name extends string> = Name extends 'WEFT_BASE_PATH' | 'WEFT_LOG_LEVEL'
  ? never
  : Name extends `WEFT_${infer Rest}`
    ? CamelCase<Rest>
    : never;

type OptionValue<Value> = Value extends readonly string[] ? string | readonly string[] : Value;

/**
 * The settings of docs/configuration.md without `PORT`, `HOST` and `WEFT_BASE_PATH`, by names in camel case: `WEFT_JWT_SECRET` is
 * `jwtSecret`. What is `on` or `true` there is a boolean, a number is a number, and a list may be an array. Undefined counts as absent.
 */
export type HostedSettings = {
  readonly [Name in SettingName as OptionName<Name>]?: OptionValue<Settings[Name]> | undefined;
};

/** What `register` of Fastify takes beside the options of a plugin. `logLevel` is one of these too. */
const OF_FASTIFY: ReadonlySet<string> = new Set(['prefix', 'logSerializers']);

/** The settings by the names of their options. */
const SETTINGS: ReadonlyMap<string, SettingName> = new Map(
  (Object.keys(settingsSchema.shape) as SettingName[])
    .filter((name) => name.startsWith('WEFT_') && name !== 'WEFT_BASE_PATH')
    .map((name) => [optionOf(name), name]),
);

/** The configuration that options mean, for a service at a path of the host. Throws ConfigError, which names the options. */
export function configFromOptions(options: Readonly<Record<string, unknown>>, basePath: string): Config {
  const environment: Record<string, string> = { WEFT_BASE_PATH: basePath };
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || OF_FASTIFY.has(option)) continue;
    const name = SETTINGS.get(option);
    if (name === undefined) throw new ConfigError(`weftdoc/fastify has no option ${option}`);
    environment[name] = spelled(name, value);
  }
  try {
    return parseConfig(environment);
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(withOptionNames(error.message)) : error;
  }
}

/** A message about settings, with the names that they have as options. */
export function withOptionNames(message: string): string {
  return message.replace(/\bWEFT_[A-Z_]+\b/g, (name) => (name === 'WEFT_BASE_PATH' ? 'prefix' : optionOf(name)));
}

function optionOf(name: string): string {
  return name
    .slice('WEFT_'.length)
    .toLowerCase()
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A value as the environment would spell it. */
function spelled(name: SettingName, value: unknown): string {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'boolean') {
    const schema = settingsSchema.shape[name];
    return ['on', 'off', 'true', 'false'].find((word) => schema.safeParse(word).data === value) ?? String(value);
  }
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ConfigError(`${optionOf(name)} must be a string, a number, a boolean or a list of strings`);
}
