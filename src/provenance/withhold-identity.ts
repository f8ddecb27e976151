import type { Identity } from './commit.ts'
import { formatIdentity } from './identity.ts'
import { knownWords } from './known-words.ts'
import { isOwnAddress, reduceText } from './reduce-text.ts'
import type { KnownMarks } from './registry.ts'

/** GitHub itself, as the committer of what is done on its page. */
const webFlow: Identity = { name: 'GitHub', email: 'noreply@github.com' }

/**
 * An AI tool's or a bot's own identity, of which the name keeps what names no person; undefined for a person's. The marks
 * of the registry, an app's address and GitHub's own are such identities.
 */
export function ownIdentity(
  identity: Identity,
  marks: KnownMarks,
  personKey: (email: string) => string,
): Identity | undefined {
  if (identity.email.toLowerCase() === webFlow.email) return webFlow
  const read = (text: string) =>
    [marks.authors, marks.committers, marks.coAuthors].flatMap((index, at) =>
      index.match(text).map(({ known, by }) => `${at} ${known.id} ${by}`),
    )
  const text = formatIdentity(identity)
  const expected = new Set(read(text))
  if (expected.size === 0 && !isOwnAddress(identity.email, marks)) return undefined
  const ofLogin = isOwnAddress(identity.email, marks) ? identity.email.toLowerCase() : ''
  const reduced = reduceText(text, {
    knownWords: knownWords(marks).union(new Set(ofLogin.match(/[a-z]+/g))),
    knowsAddress: marks.knowsAddress,
    personKey,
    readsAlike: (other) => new Set(read(other)).symmetricDifference(expected).size === 0,
  })
  const [, name = '', email = ''] = /^(.*?) ?<([^<>]*)>$/s.exec(reduced) ?? []
  return { name, email }
}
