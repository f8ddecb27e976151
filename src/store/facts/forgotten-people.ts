import { createHmac } from 'node:crypto'
import * as z from 'zod'
import type { DeliveryRecord } from '../../delivery/index.ts'
import type { TenantQueries } from './tenant-queries.ts'

/** In place of the keys of all people who had their data erased: it tells none from another. */
export const nobodysKey = '0'.repeat(32)

/** A person's key, wherever it stands in a text; hashes of commits and keys of texts are longer or shorter. */
const personKey = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g

type Tenant = Pick<TenantQueries, 'queries' | 'tenantId'>

/**
 * By what somebody is known again who had their data erased: a keyed hash for this alone, which nothing else that is kept holds.
 *
 * @param person their key
 */
export async function markOf({ queries, tenantId }: Tenant, person: string): Promise<string> {
  const { key } = await queries
    .selectFrom('tenantKeys')
    .select('key')
    .where('tenantId', '=', tenantId)
    .executeTakeFirstOrThrow()
  return createHmac('sha256', key).update(`forgotten\n${person}`).digest('hex')
}

/** The key under which a person is kept from now on: nobody's, where they had their data erased. */
export async function keptKey(tenant: Tenant, person: string): Promise<string> {
  const marks = await readMarks(tenant)
  return marks.size > 0 && marks.has(await markOf(tenant, person)) ? nobodysKey : person
}

/** A record that was read again, without the people who had their data erased. */
export async function withoutForgotten<Kind extends DeliveryRecord>(
  tenant: Tenant,
  record: Kind,
): Promise<Kind> {
  const marks = await readMarks(tenant)
  if (marks.size === 0) return record
  const text = JSON.stringify(record)
  const hidden = new Set<string>()
  for (const [key] of text.matchAll(personKey)) {
    if (marks.has(await markOf(tenant, key))) hidden.add(key)
  }
  return hidden.size === 0 ? record : (JSON.parse(withoutKeys(text, hidden)) as Kind)
}

/** A text in which some people's keys are nobody's. */
export function withoutKeys(text: string, keys: ReadonlySet<string>): string {
  return text.replaceAll(personKey, (key) => (keys.has(key) ? nobodysKey : key))
}

const NamedSchema = z.object({ person: z.string().optional() }).nullable()
const CommitsSchema = z
  .array(z.object({ author: NamedSchema, authorAccount: NamedSchema }))
  .nullish()
/** Of a record no more than what is looked for, since there may be very many. */
const CommittedSchema = z.object({ commits: CommitsSchema, formerCommits: CommitsSchema })

/** Other keys of the same person in a record: of an address to which GitHub itself linked their account. */
export function otherKeysOf(document: string, person: string): readonly string[] {
  const { commits, formerCommits } = CommittedSchema.parse(JSON.parse(document))
  return [...(commits ?? []), ...(formerCommits ?? [])].flatMap(({ author, authorAccount }) => {
    const isTheirs = authorAccount?.person === person
    return isTheirs && author?.person !== undefined && author.person !== person
      ? [author.person]
      : []
  })
}

async function readMarks({ queries, tenantId }: Tenant): Promise<ReadonlySet<string>> {
  const rows = await queries
    .selectFrom('forgottenPeople')
    .select('mark')
    .where('tenantId', '=', tenantId)
    .execute()
  return new Set(rows.map(({ mark }) => mark))
}
