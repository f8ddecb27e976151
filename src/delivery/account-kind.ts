import type { KnownMarks } from '../provenance/index.ts'
import type { Actor } from './record.ts'

/**
 * What a bot's account is by the registry: an AI tool that writes or reviews, one that the registry knows for something
 * else (dependencies, releases, formats), or one that it does not know.
 */
export type AccountKind = 'ai' | 'automation' | 'unknown'

/** Looks a bot's account up. A reviewer's account is known by its authorship or by its suggestions. */
export function accountKind(
  actor: Extract<Actor, { kind: 'bot' }>,
  marks: KnownMarks,
): AccountKind {
  // No account has the number 0: where the number is not told, the login decides.
  const account = { id: actor.id ?? 0, login: actor.login, bot: actor.app }
  const kinds = [...marks.authors.match('', account), ...marks.coAuthors.match('', account)].map(
    ({ known }) => known.tool.kind,
  )
  if (kinds.some((kind) => kind !== 'automation')) return 'ai'
  return kinds.length > 0 ? 'automation' : 'unknown'
}
