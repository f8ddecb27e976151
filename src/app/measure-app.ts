import { type Store, type StoreMeasures, SYSTEM_TENANT } from '../store/index.ts'
import { readRedeliveryState } from './jobs/redelivery-state.ts'

/** How far the accounts are read that are still being read; nothing of them is named. */
export interface BackfillProgress {
  /** Repositories of these accounts: not begun, begun, and read whole. All 0: everything is read. */
  readonly repositories: Readonly<Record<'waiting' | 'reading' | 'read', number>>
  /** Pull requests that were read in them. How many will be is not known: a backfill does not go back to the first. */
  readonly pullRequestsRead: number
}

/** What the store tells of the App as a whole. */
export interface AppMeasures extends StoreMeasures {
  readonly backfill: BackfillProgress
  /** Deliveries that did not come in and may still: we refuse them as we are set up, or they got no answer. */
  readonly missed: Readonly<Record<'refused' | 'unanswered', number>>
}

export async function measureApp(
  store: Pick<Store, 'measure' | 'jobs' | 'tenant'>,
): Promise<AppMeasures> {
  return {
    ...(await store.measure()),
    backfill: await measureBackfill(store),
    missed: await measureMissed(store),
  }
}

/** As the last look at GitHub's log of deliveries left it. */
async function measureMissed({ tenant }: Pick<Store, 'tenant'>): Promise<AppMeasures['missed']> {
  const settings = await tenant(SYSTEM_TENANT).read((facts) => facts.settings.get())
  const { way, missed } = readRedeliveryState(settings)
  const count = Object.keys(missed).length
  return way === 'refusing' ? { refused: count, unanswered: 0 } : { refused: 0, unanswered: count }
}

async function measureBackfill({
  jobs,
  tenant,
}: Pick<Store, 'jobs' | 'tenant'>): Promise<BackfillProgress> {
  const repositories = { waiting: 0, reading: 0, read: 0 }
  let pullRequestsRead = 0
  // A repository that is to be read has its job until it was.
  for (const id of await jobs.tenantsOf('backfill-repository')) {
    const all = await tenant(id).read((facts) => facts.repositories.list())
    for (const { state, backfilledAt, read } of all) {
      if (state !== 'active') continue
      repositories[backfilledAt !== null ? 'read' : read === null ? 'waiting' : 'reading'] += 1
      pullRequestsRead += read ?? 0
    }
  }
  return { repositories, pullRequestsRead }
}
