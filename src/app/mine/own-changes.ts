import {
  changeFacts,
  deriveChange,
  type PullRequestRecord,
  type RevertLink,
} from '../../delivery/index.ts'
import { assessChange, type KnownMarks, toolName } from '../../provenance/index.ts'
import { loadReports, type ToldChange } from '../../report/index.ts'
import type { Correction, Facts, OwnChange, Store } from '../../store/index.ts'
import { isCorrectable, saidCorrections } from '../check/decide-declaration.ts'
import { shownDeclaration } from '../check/gather-check.ts'
import { withDeclarations } from '../check/with-declarations.ts'
import type { FoundAccount } from './own-accounts.ts'
import type { OwnChangeView, OwnPage } from './own-page.ts'

/** Changes of one page. */
export const pageSize = 100

/** With what changes are read. */
export interface Telling {
  readonly marks: KnownMarks
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Web address of GitHub, without a slash at its end. */
  readonly webUrl: string
}

interface Placed extends OwnChange {
  readonly account: FoundAccount
}

/**
 * A page of a person's changes in all accounts that they can see, the newest first: by date and by nothing else.
 *
 * @param number of the page, from 1
 */
export async function readOwnPage(
  store: Store,
  accounts: readonly FoundAccount[],
  number: number,
  telling: Telling,
): Promise<OwnPage> {
  const until = number * pageSize
  const all: Placed[] = []
  for (const account of accounts) {
    const repositories = [...account.readable.keys()]
    const newest = await store
      .tenant(account.id)
      .read(({ people }) =>
        people.changes(account.key, { repositories, limit: until + 1, skip: 0 }),
      )
    all.push(...newest.map((change) => ({ ...change, account })))
  }
  const inOrder = all.toSorted((one, other) => timeOf(other) - timeOf(one))
  const changes: OwnChangeView[] = []
  for (const change of inOrder.slice(until - pageSize, until)) {
    const { account } = change
    changes.push(await store.tenant(account.id).read((facts) => view(facts, change, telling)))
  }
  return { accounts, changes, number, hasMore: inOrder.length > until }
}

async function view(
  facts: Facts,
  { account, repositoryId, number, openedAt }: Placed,
  telling: Telling,
): Promise<OwnChangeView> {
  const repository = account.readable.get(repositoryId) ?? ''
  const record = number === null ? undefined : await facts.records.get(repositoryId, number)
  if (record === undefined) {
    return { repository, number: null, openedAt, url: null, told: null, correctable: false }
  }
  const kept = {
    corrections: await facts.corrections.of(repositoryId, record.number),
    reverts: await facts.reverts.of(repositoryId, record.number),
  }
  return {
    repository,
    number,
    openedAt,
    url: `${telling.webUrl}/${repository}/pull/${number}`,
    told: await tellRecord(record, kept, telling),
    correctable: isCorrectable(
      record.merge === null ? null : Date.parse(record.merge.at),
      telling.now,
    ),
  }
}

/** What there is to tell of one change, as its check tells it. */
export async function tellRecord(
  kept: PullRequestRecord,
  {
    corrections,
    reverts,
  }: { readonly corrections: readonly Correction[]; readonly reverts: readonly RevertLink[] },
  { marks, now }: Pick<Telling, 'marks' | 'now'>,
): Promise<ToldChange> {
  const record = withDeclarations(kept, corrections)
  const change = deriveChange(record, {
    ...{ marks, reverts, revertRole: null },
    asOf: new Date(now).toISOString(),
  })
  const { tellChange } = await loadReports()
  return tellChange({
    assessment: assessChange(changeFacts(record), marks),
    change,
    declarations: saidCorrections(corrections).map((one) => shownDeclaration(one, change)),
    toolName: (id) => toolName(id, marks),
  })
}

function timeOf({ openedAt, readyAt, mergedAt }: OwnChange): number {
  return openedAt ?? readyAt ?? mergedAt ?? 0
}
