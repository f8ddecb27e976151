import { expect } from 'vitest'
import { recordingOf } from '../../src/app/jobs/recording-of.ts'
import {
  type DeliveryRecord,
  mergeRecords,
  type PullRequestRecord,
} from '../../src/delivery/index.ts'
import { connectGitHub, connectRest, readPullRequestRecord } from '../../src/github/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import type { Store } from '../../src/store/index.ts'
import type { AppWorld } from './app-process-world.ts'
import { type Repository, signAs } from './fake-github/index.ts'

const marks = indexRegistry(shippedRegistry())

/**
 * Expects of every repository that the App knows the facts that GitHub itself tells: no pull request more and none less, each
 * once, with all that a direct reading gives, and a change derived from it.
 *
 * @returns how many pull requests there are
 */
export async function expectFactsOfGitHub(world: AppWorld, store: Store): Promise<number> {
  let count = 0
  for (const repository of world.github.state.repositories) {
    const kept = await recordsOf(store, repository)
    const there = repository.pullRequests.map(({ number }) => number)
    expect(kept.map(({ number }) => number)).toEqual(there.toSorted((one, other) => one - other))
    for (const record of kept) await expectDirectReading(world, store, repository, record)
    count += kept.length
  }
  return count
}

/** The pull requests that are kept of a repository, in the order of their numbers. */
export async function recordsOf(
  store: Store,
  { id, owner }: Repository,
): Promise<PullRequestRecord[]> {
  const found = await store.tenant(owner.id).read(async ({ records }) => {
    const all: DeliveryRecord[] = []
    for await (const record of records.stream({ repositoryId: id })) all.push(record)
    return all
  })
  return found
    .filter((record) => record.record === 'pull-request')
    .toSorted((one, other) => one.number - other.number)
}

async function expectDirectReading(
  world: AppWorld,
  store: Store,
  repository: Repository,
  kept: PullRequestRecord,
): Promise<void> {
  const { owner, id, name } = repository
  const direct = await readDirectly(world, store, repository, kept.number)
  // What was seen meanwhile, and is no longer told, stays; what is told now is all there. Put together with itself, a record
  // has its lists in order. A repository that was renamed is known by its id: what was read before says the old name.
  const asKept = (record: PullRequestRecord) => ({
    ...record,
    readAt: kept.readAt,
    repository: { ...record.repository, name: kept.repository.name },
  })
  expect(asKept(mergeRecords(kept, direct)), `${name}#${kept.number}`).toEqual(
    asKept(mergeRecords(kept, kept)),
  )
  const { state, merge, labels, commits, head } = direct
  expect(kept).toMatchObject({ state, merge, labels, commits, head })
  const change = await store.tenant(owner.id).read(({ changes }) => changes.get(id, kept.number))
  expect(change).toMatchObject({ number: kept.number, state })
}

async function readDirectly(
  { github, app, clock }: AppWorld,
  store: Store,
  { owner, name, id }: Repository,
  number: number,
): Promise<PullRequestRecord> {
  const tenant = await store.tenants.get(owner.id)
  const response = await fetch(
    `${github.apiUrl}/app/installations/${tenant?.installationId}/access_tokens`,
    { method: 'POST', headers: { authorization: `Bearer ${signAs(app, clock.now())}` } },
  )
  const { token = '' } = (await response.json()) as { token?: string }
  const api = connectGitHub(connectRest({ token, baseUrl: github.apiUrl }), {
    sleep: async () => {},
    now: clock.now,
    random: () => 0,
  })
  const reading = await readPullRequestRecord(api, { owner: owner.login, name, id }, number, {
    recording: await recordingOf(owner.id, { store, marks }),
    readAt: () => new Date(clock.now()).toISOString(),
  })
  if (reading.outcome === 'gone') throw new Error(`${name}#${number} cannot be read`)
  return reading.record
}

/**
 * Expects one neutral check run at most for each head and pull request, and one on every head that is there now.
 *
 * @param of `open`: closed ones need none, since a backfill gives them none
 */
export function expectOneCheckEach(repository: Repository, of: 'all' | 'open' = 'all'): void {
  const places = repository.checkRuns.map((run) => `${run.externalId} ${run.headSha}`)
  expect(places.toSorted()).toEqual([...new Set(places)].toSorted())
  expect(repository.checkRuns.filter(({ conclusion }) => conclusion !== 'neutral')).toEqual([])
  const heads = repository.pullRequests
    .filter(({ state }) => of === 'all' || state === 'open')
    .map(({ number, head }) => `change/${repository.id}/${number} ${head.sha}`)
  expect(heads.filter((head) => !places.includes(head))).toEqual([])
}
