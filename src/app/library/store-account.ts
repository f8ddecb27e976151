import { forReader, type Report, withSelfAudit } from '../../report/index.ts'
import type { Facts, Snapshot, Store, StoredRepository, Tenant } from '../../store/index.ts'
import type { AuditAction } from '../audit-actions.ts'
import type { AccountSettings } from '../settings/account-settings.ts'
import { readAnnouncements } from '../settings/announcements.ts'
import { keptDays } from '../settings/retention.ts'
import { selfAuditOf } from '../settings/self-audit.ts'
import type { Account, RepositoryEntry, Scope, Standing } from './library.ts'
import type { Reading, ReadNotes } from './read-notes.ts'
import type { ReportShelf } from './report-shelf.ts'
import { shownAs, standingBefore } from './standing-of.ts'

/** What accounts are made of, whoever looks at them. */
export interface AccountSources {
  readonly store: Store
  readonly shelf: ReportShelf
  readonly notes: ReadNotes
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Days for which this server keeps facts. */
  readonly retentionDays: number
}

/** What one viewer may see of an account. */
export interface Sight {
  readonly role: Account['role']
  /** Whether the viewer can read this repository. */
  readonly canRead: (repositoryId: number) => boolean
  readonly suspended: boolean
  /** Who is written down as the reader. */
  readonly reader: Pick<Reading, 'actor' | 'filter'>
}

type Published = Omit<Snapshot, 'report'>

/** An account out of the store, as far as one viewer may see it. Each of its answers is read in one transaction. */
export function createStoreAccount(
  sources: AccountSources,
  tenant: Tenant,
  settings: AccountSettings,
  sight: Sight,
): Account {
  const { store, shelf, notes, now } = sources
  const { id, login, kind } = tenant
  const facts = store.tenant(id)
  const suspended = sight.suspended || tenant.state !== 'active'
  const isShut = suspended || !settings.open

  async function readable({ repositories }: Facts): Promise<StoredRepository[]> {
    return (await repositories.list()).filter(
      (one) => one.state === 'active' && sight.canRead(one.id),
    )
  }

  /** Of an outsider, only repositories that this one can read. Undefined: not the viewer's to see. */
  async function within(
    scope: Scope,
    all: Facts,
  ): Promise<readonly StoredRepository[] | undefined> {
    if (scope.kind === 'organisation') {
      if (sight.role === 'outsider') return undefined
      return (await all.repositories.list()).filter(({ state }) => state === 'active')
    }
    const one = sight.canRead(scope.id) ? await all.repositories.get(scope.id) : undefined
    return one?.state === 'active' ? [one] : undefined
  }

  async function published(
    scope: Scope,
    { snapshots }: Facts,
    which: 'latest' | number,
  ): Promise<Snapshot | undefined> {
    const [name, repositoryId] = keyOf(scope)
    if (which === 'latest') return snapshots.latest(name, repositoryId)
    return snapshots.at(name, repositoryId, which)
  }

  /** Before anything is written down. */
  async function look(scope: Scope, all: Facts): Promise<Standing> {
    if (isShut) return { kind: 'closed' }
    const repositories = await within(scope, all)
    if (repositories === undefined) return { kind: 'hidden' }
    const snapshot = await published(scope, all, 'latest')
    if (snapshot === undefined) return standingBefore(all, repositories, now())
    return opened(scope, snapshot, all)
  }

  /** What the owners answered stands in every report. What names a repository is only for those who can read that. */
  async function opened(scope: Scope, snapshot: Snapshot, all: Facts): Promise<Standing> {
    const report = await shelf.open(id, snapshot)
    const outline = await shelf.outline(id, snapshot, async () => snapshot)
    const shown = shownAs(scope, outline, settings)
    if (shown !== 'shown' || report === undefined) {
      return { kind: shown === 'shown' ? 'unreadable' : shown }
    }
    const names = new Set((await readable(all)).map(({ name }) => name))
    return { kind: 'shown', report: forReader(answered(report), names), builtAt: snapshot.builtAt }
  }

  function answered(report: Report): Report {
    const days = keptDays(settings, sources.retentionDays)
    const said = selfAuditOf(settings.selfAudit, { ...settings, keptDays: days })
    return withSelfAudit(report, said ?? null)
  }

  async function note(scope: Scope, action: AuditAction): Promise<void> {
    const subject = scope.kind === 'organisation' ? 'organisation' : `repository ${scope.id}`
    await notes.note({ tenantId: id, action, subject, ...sight.reader })
  }

  async function entryOf(
    repository: StoredRepository,
    newest: ReadonlyMap<number, Published>,
    all: Facts,
  ): Promise<RepositoryEntry> {
    const { id: repositoryId, name, visibility } = repository
    const entry = { id: repositoryId, name, visibility }
    const scope = { kind: 'repository', id: repositoryId } as const
    if (isShut) return { ...entry, standing: 'closed' }
    const last = newest.get(repositoryId)
    if (last === undefined) {
      return { ...entry, standing: (await standingBefore(all, [repository], now())).kind }
    }
    const outline = await shelf.outline(id, last, () => published(scope, all, last.asOf))
    return { ...entry, standing: shownAs(scope, outline, settings) }
  }

  async function newestOf({ snapshots }: Facts): Promise<ReadonlyMap<number, Published>> {
    const newest = await snapshots.newest('repository')
    return new Map(newest.map((one) => [one.repositoryId, one]))
  }

  return {
    id,
    name: login,
    kind,
    role: sight.role,
    synthetic: false,
    state: suspended ? 'suspended' : settings.open ? 'open' : 'closed',
    repositories: () =>
      facts.read(async (all) => {
        const newest = await newestOf(all)
        const entries: RepositoryEntry[] = []
        for (const one of await readable(all)) entries.push(await entryOf(one, newest, all))
        return entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))
      }),
    repository: (repositoryId) =>
      facts.read(async (all) => {
        const [one] = (await within({ kind: 'repository', id: repositoryId }, all)) ?? []
        return one && entryOf(one, await newestOf(all), all)
      }),
    standing: async (scope) => {
      const standing = await facts.read((all) => look(scope, all))
      if (standing.kind === 'shown') await note(scope, 'read-report')
      return standing
    },
    weeks: (scope) =>
      facts.read(async (all) => {
        if ((await look(scope, all)).kind !== 'shown') return []
        return all.snapshots.list(...keyOf(scope))
      }),
    report: async (scope, asOf, as = 'read-report') => {
      const report = await facts.read(async (all): Promise<Report | undefined> => {
        if ((await look(scope, all)).kind !== 'shown') return undefined
        const snapshot = await published(scope, all, asOf)
        const standing = snapshot && (await opened(scope, snapshot, all))
        return standing?.kind === 'shown' ? standing.report : undefined
      })
      if (report !== undefined) await note(scope, as)
      return report
    },
    announcements: () => facts.read((all) => readAnnouncements(all, now())),
    accessLog: async ({ limit }) =>
      sight.role === 'outsider' ? [] : facts.read(({ audit }) => audit.list(limit)),
  }
}

function keyOf(scope: Scope): [Snapshot['scope'], number] {
  return scope.kind === 'organisation' ? ['organisation', 0] : ['repository', scope.id]
}
