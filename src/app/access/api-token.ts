import { randomSecret } from './random-secret.ts'

/**
 * A token of the API: `ws_<account>_<secret>`. It names its account, so that nothing but that account's tokens has to be looked
 * through; the secret part is 256 random bits. It is kept as a whole, hashed (`Facts.tokens`).
 */
export function createApiToken(
  accountId: number,
  randomBytes: (count: number) => Uint8Array,
): string {
  return `ws_${accountId}_${randomSecret(randomBytes)}`
}

/** GitHub's number of the account that a token names; undefined: it is no token of ours. */
export function accountOfApiToken(token: string): number | undefined {
  const [, account] = /^ws_([1-9]\d{0,15})_[\w-]{43}$/.exec(token) ?? []
  return account !== undefined && Number.isSafeInteger(Number(account))
    ? Number(account)
    : undefined
}
