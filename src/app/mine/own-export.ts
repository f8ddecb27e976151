import type { Facts, Store } from '../../store/index.ts'
import type { FoundAccount, Person } from './own-accounts.ts'

/** Changes of one transaction: nobody waits for a slow reader. */
const pageSize = 50
const mostLines = 100_000

/**
 * Everything that is kept of a person, a JSON document a line. Other people stand nowhere in it. Of what the person cannot read any more
 * it has their times, without what names a repository.
 */
export async function* exportOwn(
  store: Store,
  accounts: readonly FoundAccount[],
  { userId, login }: Person,
  madeAt: number,
): AsyncGenerator<string> {
  yield line({
    about: 'all that What Shipped keeps of one person',
    person: { id: userId, login },
    madeAt: new Date(madeAt).toISOString(),
  })
  for (const session of await store.sessions.of(userId)) yield line({ session: dated(session) })
  for (const account of accounts) {
    const { id, name } = account
    yield line({ account: { id, name } })
    yield line({ records: { naming: 'you', count: account.records } })
    yield* exportChanges(store, account)
    yield* await store.tenant(id).read((facts) => rest(facts, account, userId))
  }
}

async function* exportChanges(store: Store, account: FoundAccount): AsyncGenerator<string> {
  const { id, key, readable } = account
  const repositories = await store.tenant(id).read(async ({ people }) => people.counts(key))
  const all = repositories.map(({ repositoryId }) => repositoryId)
  for (let skip = 0; ; skip += pageSize) {
    const lines = await store.tenant(id).read(async (facts) => {
      const page = await facts.people.changes(key, { repositories: all, limit: pageSize, skip })
      const made: string[] = []
      for (const { repositoryId, number, ...times } of page) {
        const repository = readable.get(repositoryId)
        const record =
          repository === undefined || number === null
            ? undefined
            : await facts.records.get(repositoryId, number)
        const named =
          repository === undefined
            ? {}
            : { repository: { id: repositoryId, name: repository }, number }
        made.push(line({ change: { ...named, ...dated(times) }, ...(record && { record }) }, key))
      }
      return made
    })
    yield* lines
    if (lines.length < pageSize) return
  }
}

/** What they declared, what of them stands in the access log, and tokens that they made. */
async function rest(
  { people, audit, tokens }: Facts,
  { key, readable }: FoundAccount,
  userId: number,
): Promise<string[]> {
  const said = (await people.said(key)).map(
    ({ repositoryId, number, claim, role, saidAt, undoneAt }) => ({
      ...(readable.has(repositoryId) ? { repository: readable.get(repositoryId), number } : {}),
      ...{ claim, role, ...dated({ saidAt, undoneAt }) },
    }),
  )
  const log = await audit.list(mostLines, { actor: userId })
  const made = (await tokens.list()).filter(({ createdBy }) => createdBy === userId)
  return [
    ...said.map((declaration) => line({ declaration })),
    ...log.map(({ actor: _, ...entry }) => line({ accessLog: dated(entry) })),
    ...made.map(({ createdBy: _, ...token }) => line({ token: dated(token) })),
  ]
}

/** Times as text. */
function dated<Row extends object>(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && /(?:At|^at)$/.test(name) ? new Date(value).toISOString() : value,
    ]),
  )
}

/** A person’s key, anywhere in a text. */
const keyInText = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

/** @param own the person’s own key, which is “you”; all others are left out */
function line(document: unknown, own?: string): string {
  const text = JSON.stringify(document, (_name, value: unknown) =>
    typeof value === 'string'
      ? value.replaceAll(keyInText, (key) => (key === own ? 'you' : '…'))
      : value,
  )
  return `${text}\n`
}
