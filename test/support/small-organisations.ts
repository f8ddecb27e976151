import fc from 'fast-check'
import { assistances, cohort, tiers } from '../../src/comparison/table/change-table.ts'
import { sizeBands } from '../../src/delivery/index.ts'
import { monday, type Row } from './a-change-table.ts'

const day = 86_400_000

/**
 * Changes of a few people in a few repositories, at the edge of what may be shown: often one person has a week, a tier or a
 * repository to themselves.
 */
export const smallOrganisations = organisations({
  people: [4, 14],
  weeks: [1, 30],
  changes: [10, 600],
})

/** So many people that some of three repositories may be shown. */
export const organisationsWithTeams = organisations({
  people: [12, 40],
  weeks: [10, 20],
  changes: [400, 1_000],
})

type Range = readonly [min: number, max: number]

function organisations(of: {
  readonly people: Range
  readonly weeks: Range
  readonly changes: Range
}): fc.Arbitrary<Row[]> {
  const within = ([min, max]: Range) => fc.integer({ min, max })
  return fc
    .record({
      people: within(of.people),
      weeks: within(of.weeks),
      changes: within(of.changes),
      seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
    })
    .map(({ people, weeks, seed, changes }) => {
      const draw = drawing(seed)
      const skew = draw(3)
      return Array.from({ length: changes }, () => {
        // The more the skew, the more is done by the first people.
        const person = Math.min(...Array.from({ length: skew + 1 }, () => draw(people)))
        const group = (['aiRecorded', 'noneRecorded', 'noneRecorded', 'setAside'] as const)[
          draw(10) === 0 ? 3 : draw(3)
        ]
        const assisted = group === 'aiRecorded'
        const attested = group === 'noneRecorded' && draw(5) === 0
        return {
          person: `person-key-${person}`,
          repository: `o/r${Math.floor(Math.sqrt(draw(20) === 0 ? 0 : person)) % 3}`,
          readyAt: monday - 14 * day - draw(weeks * 7 * 24) * 3_600_000 - 1,
          hours: draw(8) === 0 ? null : 1 + draw(200),
          ...(draw(20) === 0 ? { revertedAfter: draw(40) } : {}),
          ...(group === undefined ? {} : { group }),
          band: sizeBands[Math.min(draw(6), draw(6))] ?? null,
          assistance: assisted ? 'assisted' : attested ? 'unassisted' : 'undeclared',
          tier: assisted ? (tiers[Math.min(draw(3), person % 3)] ?? null) : attested ? 'E3' : null,
          rounds: draw(4),
          aiAfterStart: draw(6) === 0,
          redrafted: draw(6) === 0,
        } satisfies Row
      })
    })
}

/** Numbers below a limit, the same for the same seed (Lehmer 1951, with Park & Miller's multiplier). */
function drawing(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const someTime = fc.oneof(
  fc.integer({ min: -400, max: 30 }).map((days) => monday + days * day),
  fc.constantFrom(
    Number.NaN,
    0,
    Date.UTC(9999, 0, 1),
    Date.UTC(1, 0, 1),
    monday,
    monday - 14 * day,
  ),
)
const someAnswer = fc.option(fc.boolean())

/** Changes of any kind, absurd ones too: merged before they were ready, in a thousand years, or never. */
export const anyRows: fc.Arbitrary<Row[]> = fc.array(
  fc.record(
    {
      person: fc.constantFrom('person-key-a', 'person-key-b', 'person-key-c', 'person-key-d'),
      repository: fc.constantFrom('o/one', 'o/two'),
      readyAt: someTime,
      mergedAt: someTime,
      closedAt: someTime,
      readAt: someTime,
      revertedAfter: fc.constantFrom(0, 5, 1e6, -3),
      group: fc.constantFrom(...(Object.keys(cohort) as (keyof typeof cohort)[])),
      band: fc.constantFrom(...sizeBands, null),
      tier: fc.constantFrom(...tiers, null),
      assistance: fc.constantFrom(...assistances),
      rounds: fc.constantFrom(Number.NaN, 0, 1, 7),
      aiAfterStart: someAnswer,
      redrafted: someAnswer,
      flags: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
      truncated: fc.boolean(),
    },
    { requiredKeys: ['person', 'readyAt', 'mergedAt'] },
  ),
  { maxLength: 200 },
)
