import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjustedRiskDifference } from '../../../src/comparison/statistics/adjusted-risk-difference.ts'
import {
  likeForLike,
  likeForLikeInterval,
} from '../../../src/comparison/statistics/like-for-like.ts'
import { layOut } from '../../../src/comparison/strata/layout.ts'
import {
  type Change,
  formatRecord,
  RecordSchema,
  RevertLinks,
  type SyntheticInit,
  sizeBands,
  syntheticOrganisation,
} from '../../../src/delivery/index.ts'
import {
  indexRegistry,
  shippedRegistry,
  withholdDescription,
  withholdText,
} from '../../../src/provenance/index.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { syntheticChanges } from '../../support/synthetic-changes.ts'

const asOf = '2026-11-16T00:00:00Z'
const small = { asOf, people: 8, repositories: 3, changesPerWeek: 25, weeks: 6 }

function lines(init: SyntheticInit): string[] {
  return Array.from(syntheticOrganisation(init), formatRecord)
}

describe('records', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(lines({ ...small, seed: 7 })).toEqual(lines({ ...small, seed: 7 }))
    expect(lines({ ...small, seed: 7 })).not.toEqual(lines({ ...small, seed: 8 }))
    expect(lines({ ...small, seed: 2 ** 40 + 7 })).not.toEqual(lines({ ...small, seed: 7 }))
  })

  test('are records, numbered without a gap, and tell nothing of after the reading', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32), fc.integer({ min: 1, max: 12 }), (seed, people) => {
        const numbers = new Map<string | null, number>()
        for (const record of syntheticOrganisation({ ...small, seed, people })) {
          expect(RecordSchema.parse(record)).toEqual(record)
          const times = JSON.stringify(record).match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g) ?? []
          expect(times.filter((time) => time > asOf)).toEqual([])
          if (record.record === 'branch-commit') continue
          const { name } = record.repository
          expect(record.number).toBe((numbers.get(name) ?? 0) + 1)
          numbers.set(name, record.number)
        }
      }),
      { numRuns: propertyRuns(40) },
    )
  })

  test('keep of messages and descriptions what a source would keep', () => {
    const marks = indexRegistry(shippedRegistry())
    const keyOf = (address: string) => address.split('@')[0] ?? ''
    const texts = Array.from(syntheticOrganisation({ ...small, seed: 3, changesPerWeek: 100 }))
      .filter((record) => record.record === 'pull-request')
      .map(({ commits, merge, description }) => ({
        messages: [...(commits ?? []), merge].flatMap((one) => one?.message ?? []),
        description: description?.marks ?? '',
      }))
    const messages = new Set(texts.flatMap((text) => text.messages))
    expect(messages.size).toBeGreaterThan(6)
    for (const message of messages) expect(withholdText(message, marks, keyOf)).toBe(message)
    for (const { description } of texts)
      expect(withholdDescription(description, marks, keyOf)).toBe(description)
  })

  test('name what they revert', () => {
    const links = new RevertLinks()
    for (const record of syntheticOrganisation({ ...small, seed: 5, revertRisk: 0.3 })) {
      links.add(record)
    }
    const { revertLike, resolved } = links.coverage()
    expect(revertLike).toBeGreaterThan(20)
    expect(resolved).toBe(revertLike)
  })

  test('nothing can be made of nobody, nowhere or no time', () => {
    const make = (init: Partial<SyntheticInit>) => () =>
      syntheticOrganisation({ ...small, seed: 1, ...init }).next()
    expect(make({ people: 0 })).toThrow('people must be a whole number from 1 on, and is 0')
    expect(make({ weeks: 1.5 })).toThrow('weeks must be a whole number from 1 on, and is 1.5')
    expect(make({ asOf: 'Monday' })).toThrow('asOf must be a time, and is "Monday"')
  })
})

/** Log hours, rounds or reverts of merged changes, set against each other by repository and size. */
function compared(changes: readonly Change[], outcomeOf: (change: Change) => number | null) {
  const rows = changes.flatMap((change) => {
    const outcome = outcomeOf(change)
    const group = change.exposure.atReady?.group
    const band = change.size?.band
    if (outcome === null || group === undefined || band === undefined) return []
    const stratum = `${change.repository.name} ${sizeBands.indexOf(band)}`
    return [{ person: change.responsible.key, stratum, assisted: group === 'ai-recorded', outcome }]
  })
  const numbered = (texts: readonly string[]) => {
    const numbers = new Map([...new Set(texts)].map((text, number) => [text, number]))
    return Int32Array.from(texts, (text) => numbers.get(text) ?? 0)
  }
  const layout = layOut({
    assisted: Uint8Array.from(rows, ({ assisted }) => Number(assisted)),
    stratum: numbered(rows.map(({ stratum }) => stratum)),
    person: numbered(rows.map(({ person }) => person)),
  })
  return { layout, outcome: Float64Array.from(rows, ({ outcome }) => outcome) }
}

describe('the effects that are built in', () => {
  const truth = { timeRatio: 0.6, roundsRatio: 1.3, revertRatio: 2.5, revertRisk: 0.02 }
  const changes = syntheticChanges({ seed: 11, asOf, ...truth, undeclaredShare: 0 }).filter(
    ({ exclusion, mergedAt }) => exclusion === null && mergedAt !== null,
  )

  test.each([
    ['time', ({ cycleSeconds }: Change) => Math.log((cycleSeconds ?? 60) / 3_600), 'difference'],
    ['rounds', ({ review }: Change) => review.rounds, 'log-ratio'],
  ] as const)('%s: the estimate finds it', (name, outcomeOf, scale) => {
    const { layout, outcome } = compared(changes, outcomeOf)
    const estimate = likeForLike(layout, outcome, scale)
    const [low = 0, high = 0] =
      (estimate === null ? null : likeForLikeInterval(estimate, 0.99))?.map(Math.exp) ?? []
    const ratio = name === 'time' ? truth.timeRatio : truth.roundsRatio
    expect(low).toBeLessThan(ratio)
    expect(high).toBeGreaterThan(ratio)
    expect(high / low).toBeLessThan(1.5)
  })

  test('reverts: the estimate finds them', () => {
    const { layout, outcome } = compared(changes, ({ reverted }) =>
      reverted === null || reverted.within30Days === null ? null : Number(reverted.within30Days),
    )
    const { lower = 1, upper = 0 } = adjustedRiskDifference(layout, outcome)?.interval(0.99) ?? {}
    const difference = truth.revertRisk * (truth.revertRatio - 1)
    expect(lower).toBeLessThan(difference)
    expect(upper).toBeGreaterThan(difference)
    expect(lower).toBeGreaterThan(0)
  })

  test.each([1, 2, 3, 4, 5, 6])('time, in organisation %i', (seed) => {
    const init = { seed, asOf, people: 30, changesPerWeek: 60, weeks: 26, undeclaredShare: 0 }
    const merged = syntheticChanges({ ...init, timeRatio: 0.7 }).filter(
      ({ exclusion, mergedAt }) => exclusion === null && mergedAt !== null,
    )
    const { layout, outcome } = compared(merged, ({ cycleSeconds }) =>
      Math.log((cycleSeconds ?? 60) / 3_600),
    )
    const estimate = likeForLike(layout, outcome, 'difference')
    const [low = 1, high = 0] = (estimate && likeForLikeInterval(estimate, 0.99)) ?? []
    expect(low).toBeLessThan(Math.log(0.7))
    expect(high).toBeGreaterThan(Math.log(0.7))
    expect(high - low).toBeLessThan(1.2)
  })

  test('what records nothing of AI is undeclared, what says none is unassisted', () => {
    const silent = syntheticChanges({ ...small, seed: 2, undeclaredShare: 1, attestedShare: 0 })
    expect(new Set(silent.map(({ assistance }) => assistance))).toEqual(
      new Set(['undeclared', 'assisted']),
    )
    const early = silent.filter(({ exposure }) => exposure.atReady?.group === 'ai-recorded')
    expect(early).toEqual([])
    const attested = syntheticChanges({ ...small, seed: 2, attestedShare: 1, assistedShare: 0.01 })
    const own = attested.filter(({ exclusion }) => exclusion === null)
    const unassisted = own.filter(({ assistance }) => assistance === 'unassisted')
    expect(unassisted.length / own.length).toBeGreaterThan(0.9)
  })
})

test('an organisation shows every kind of evidence, ending and exclusion', () => {
  const changes = syntheticChanges({ seed: 1, asOf })
  const own = changes.filter(({ exclusion }) => exclusion === null)
  expect(new Set(changes.map(({ exclusion }) => exclusion))).toEqual(
    new Set([null, 'revert', 'bot', 'merge-back']),
  )
  expect(new Set(own.map(({ tier }) => tier))).toEqual(new Set([null, 'E1', 'E2', 'E3']))
  expect(new Set(own.flatMap(({ tools }) => tools)).size).toBeGreaterThanOrEqual(5)
  expect(new Set(own.map(({ state }) => state))).toEqual(new Set(['merged', 'closed', 'open']))
  expect(new Set(own.map(({ size }) => size?.band)).size).toBe(sizeBands.length)
  expect(own.some(({ aiAfterStart }) => aiAfterStart === true)).toBe(true)
  expect(own.some(({ reverted }) => reverted?.restored === true)).toBe(true)
  expect(new Set(own.map(({ responsible }) => responsible.basis))).toEqual(
    new Set(['author', 'assignee']),
  )
})
