import type { Identity } from './commit.ts'

/** An account as GitHub writes it into a noreply address: `[<id>+]<login>@users.noreply.github.com`. */
export interface NoreplyAccount {
  readonly id?: number
  readonly login: string
}

const noreply = /^(?:(\d{1,15})\+)?([^@+]+)@users\.noreply\.github\.com$/

/**
 * Reads the account out of a noreply address; the login is lower-cased. Undefined for any other address.
 *
 * @example noreplyAccount('198982749+Copilot@users.noreply.github.com') // { id: 198982749, login: 'copilot' }
 */
export function noreplyAccount(email: string): NoreplyAccount | undefined {
  const match = noreply.exec(email.toLowerCase())
  if (match?.[2] === undefined) return undefined
  return match[1] === undefined ? { login: match[2] } : { id: Number(match[1]), login: match[2] }
}

const addresses = /<([^<>\s]+)>/g

/**
 * Every address in angle brackets of a co-author line, lower-cased: some lines name two people, some repeat the key.
 *
 * @example bracketedEmails('A <a@x.io>, B <B@x.io>') // ['a@x.io', 'b@x.io']
 */
export function bracketedEmails(value: string): string[] {
  if (!value.includes('<')) return []
  return Array.from(value.matchAll(addresses), (match) => (match[1] ?? '').toLowerCase())
}

/** "Name <email>", the form in which git shows an identity and in which the registry's patterns read it. */
export function formatIdentity(identity: Identity): string {
  return `${identity.name} <${identity.email}>`
}
