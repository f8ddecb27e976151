import type { ChangeTable } from '../src/comparison/index.ts'
import { createRandom } from '../src/delivery/synthetic/random.ts'

const day = 86_400_000
const hour = day / 24
const weeks = 26

/**
 * A table of so many changes of one organisation, drawn at random without records: merged within 26 weeks, a third with AI
 * recorded, by as many people as are told and in a repository for each ten of them.
 *
 * @param asOf Monday 00:00 UTC, milliseconds since the epoch
 */
export function randomTable(size: number, people: number, asOf: number, seed: number): ChangeTable {
  const random = createRandom(seed)
  const repositories = Math.ceil(people / 10)
  const numbers = (draw: () => number) => Float64Array.from({ length: size }, draw)
  const bytes = (draw: () => number) => Uint8Array.from({ length: size }, draw)
  // Person by person, as a table that is built of changes.
  const person = Int32Array.from({ length: size }, () =>
    Math.floor(people * random.next() ** 2),
  ).sort()
  const readyAt = numbers(() => asOf - random.between(0, weeks * 7) * day)
  const hours = numbers(() => Math.exp(2.5 + 1.6 * random.normal()))
  const mergedAt = readyAt.map((ready, i) => {
    const merged = ready + (hours[i] ?? 0) * hour
    return merged < asOf && random.chance(0.9) ? merged : Number.NaN
  })
  const assisted = bytes(() => Number(random.chance(0.35)))
  const unassisted = assisted.map((own) => Number(own === 0 && random.chance(0.2)))
  const nothing = new Uint8Array(size)
  const notKnown = new Float64Array(size).fill(Number.NaN)
  const none = new Float64Array(0)
  return {
    size,
    asOf,
    latestReadAt: asOf,
    sources: ['github'],
    registries: ['2026-11-22'],
    futureDated: 0,
    excluded: {
      size: 0,
      reason: new Uint8Array(0),
      repository: new Int32Array(0),
      readyAt: none,
      mergedAt: none,
    },
    repositories: Array.from({ length: repositories }, (_, index) => `example/service-${index}`),
    // Most of what somebody does is in one repository.
    repository: person.map((one) =>
      random.chance(0.8) ? one % repositories : random.below(repositories),
    ),
    people: Array.from({ length: people }, (_, index) => index.toString(16).padStart(32, '0')),
    person,
    readyAt,
    mergedAt,
    closedAt: notKnown,
    revertedAt: mergedAt.map((merged) =>
      random.chance(0.01) ? merged + random.between(0, 30) * day : Number.NaN,
    ),
    readAt: new Float64Array(size).fill(asOf),
    pickupSeconds: hours.map((all) => 1_200 * all),
    reviewSeconds: hours.map((all) => 1_200 * all),
    mergeWaitSeconds: hours.map((all) => 1_200 * all),
    authoredToMergedSeconds: hours.map((all) => 4_000 * all),
    cohortAtReady: assisted,
    cohortAtMerge: assisted,
    unassistedAtReady: unassisted,
    unassistedAtMerge: unassisted,
    assistance: assisted.map((own, i) => (own === 1 ? 0 : unassisted[i] === 1 ? 1 : 2)),
    tier: assisted.map((own) => (own === 1 ? 1 : 255)),
    tool: assisted.map((own, i) => (own === 1 ? i % 5 : 255)),
    aiAfterStart: nothing,
    band: bytes(() => random.below(6)),
    rounds: numbers(() => random.poisson(1.3)),
    changesRequested: numbers(() => random.poisson(0.3)),
    laterPushes: numbers(() => random.poisson(0.5)),
    laterLines: numbers(() => random.below(200)),
    threads: numbers(() => random.poisson(1)),
    reviewed: bytes(() => Number(random.chance(0.8))),
    redrafted: nothing,
    outcome: nothing,
    surviving: new Uint8Array(size).fill(1),
    truncated: nothing,
    unreadable: nothing,
    flags: new Int32Array(size),
  }
}
