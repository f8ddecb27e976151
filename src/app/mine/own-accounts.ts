import { createPseudonyms } from '../../delivery/index.ts'
import type { Store } from '../../store/index.ts'
import type { Library } from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import type { OwnAccount } from './own-page.ts'

export type Person = Extract<Viewer, { kind: 'person' }>

/** An account in which something of a person is kept, and under which key. */
export interface FoundAccount extends OwnAccount {
  /** Who the person is in it. */
  readonly key: string
  /** Names of its repositories in which the person has changes and that they can read, by their numbers. */
  readonly readable: ReadonlyMap<number, string>
  /** In how many records the person stands, their own and others'; null: not looked for. */
  readonly records: number | null
}

/**
 * All accounts of this server in which something of the person is kept, by name, those that they have left last. What of them the
 * person may see is asked of GitHub as everywhere.
 *
 * @param depth `changes`: where they have changes, or declared something; `records`: also where they can see the account and stand in
 *   others' records alone, as reviewers do, for which all records are read
 */
export async function findOwnAccounts(
  store: Store,
  library: Library,
  { userId }: Pick<Person, 'userId'>,
  depth: 'changes' | 'records' = 'changes',
): Promise<FoundAccount[]> {
  const found: FoundAccount[] = []
  for (const { id } of await store.tenants.list()) {
    const key = await ownKey(store, id, userId)
    const one = await findIn(store, library, { id, key, depth })
    if (one !== undefined) found.push(one)
  }
  return found.toSorted((one, other) => order(one) - order(other) || (before(one, other) ? -1 : 1))
}

async function findIn(
  store: Store,
  library: Library,
  { id, key, depth }: { readonly id: number; readonly key: string; readonly depth: string },
): Promise<FoundAccount | undefined> {
  const tenant = store.tenant(id)
  const { counts, declared } = await tenant.read(async ({ people }) => ({
    counts: await people.counts(key),
    declared: (await people.said(key)).length,
  }))
  const hasOwn = counts.length > 0 || declared > 0
  if (!hasOwn && depth === 'changes') return undefined
  const account = await library.account(id)
  // Anybody can sign in: who has nothing to do with an account has none of its records read.
  if (!hasOwn && account === undefined) return undefined
  const records =
    depth === 'records' ? await tenant.read(({ people }) => people.records(key)) : null
  if (!hasOwn && records === 0) return undefined
  const readable = new Map<number, string>()
  for (const { repositoryId } of counts) {
    const repository = await account?.repository(repositoryId)
    if (repository !== undefined) readable.set(repositoryId, repository.name)
  }
  const sum = (isShown: boolean) =>
    counts
      .filter(({ repositoryId }) => readable.has(repositoryId) === isShown)
      .reduce((total, { changes }) => total + changes, 0)
  const name = account?.name ?? null
  return { id, name, key, readable, records, declared, shown: sum(true), hidden: sum(false) }
}

/** Under which key a person is kept in an account. */
export async function ownKey(store: Store, tenantId: number, userId: number): Promise<string> {
  return createPseudonyms(await store.tenant(tenantId).pseudonymKey()).person(userId)
}

function order({ name }: OwnAccount): number {
  return name === null ? 1 : 0
}

function before(one: OwnAccount, other: OwnAccount): boolean {
  return one.name === other.name ? one.id < other.id : (one.name ?? '') < (other.name ?? '')
}
