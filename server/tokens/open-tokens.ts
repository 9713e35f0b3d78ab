import type { Clock } from '../../shared/clock.ts';
import type { Config } from '../setup/config.ts';
import type { BackgroundJobs } from '../base/background-jobs.ts';
import { RemoteKeys } from './remote-keys.ts';
import { keysOfFile, keysOfSecret, type TokenKeys } from './token-keys.ts';
import { TokenVerifier } from './token-verifier.ts';

/** The verifier that the settings ask for. Throws ConfigError where a file of keys cannot be used. */
export async function openTokens(
  { tokens, limits }: Pick<Config, 'tokens' | 'limits'>,
  parts: { readonly clock: Clock; readonly jobs: BackgroundJobs },
): Promise<TokenVerifier> {
  const keys: TokenKeys[] = [];
  if (tokens.secret !== undefined) keys.push(keysOfSecret(tokens.secret));
  if (tokens.keyFile !== undefined) keys.push(await keysOfFile(tokens.keyFile));
  if (tokens.keyUrl !== undefined) keys.push(new RemoteKeys(tokens.keyUrl, parts));
  const { audience, maximumBytes } = tokens;
  return new TokenVerifier({ keys, audience, maximumBytes, grace: limits.tokenGrace, clock: parts.clock });
}
