import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Claim, Evidence, Tier } from '../../src/provenance/evidence.ts'
import { weighEvidence } from '../../src/provenance/weigh-evidence.ts'
import { propertyRuns } from '../support/property-runs.ts'

const sign = (tier: Tier, claim: Claim, at?: number): Evidence => ({
  tool: 'x',
  mark: 'x/y',
  tier,
  claim,
  where: { in: 'message' },
  text: `${tier} ${claim} ${at}`,
  ...(at === undefined ? {} : { at }),
})

const badDays: Evidence = { ...sign('E4', 'assisted'), epoch: 'bad-days' }

/** The answer in short: `assistance tier set-aside`, without what is absent. */
function answer(...evidence: Evidence[]): string {
  const { assistance, tier, setAside } = weighEvidence(evidence)
  return [assistance, tier, setAside].filter((part) => part !== undefined).join(' ')
}

describe('one kind of evidence', () => {
  test.each<[string, Evidence[], string]>([
    ['none', [], 'undeclared'],
    ['a verified agent', [sign('E1', 'agent-authored')], 'assisted E1'],
    ['a note with AI lines', [sign('E1', 'assisted')], 'assisted E1'],
    ['a note without', [sign('E1', 'unassisted')], 'unassisted E1'],
    ['a tool’s mark', [sign('E2', 'assisted')], 'assisted E2'],
    ['a tool’s mark that none was used', [sign('E2', 'unassisted')], 'unassisted E2'],
    ['a declaration', [sign('E3', 'assisted')], 'assisted E3'],
    ['a declaration of an agent', [sign('E3', 'agent-authored')], 'assisted E3'],
    ['a declaration of none', [sign('E3', 'unassisted')], 'unassisted E3'],
    ['a weak sign', [sign('E4', 'assisted')], 'undeclared'],
    ['a weak sign of none', [sign('E4', 'unassisted')], 'undeclared'],
    ['an accepted suggestion', [sign('E2', 'suggested')], 'undeclared'],
    ['a declared suggestion', [sign('E3', 'suggested')], 'undeclared'],
    ['a mark of bad days', [badDays], 'undeclared unreliable-mark'],
    ['a label taken off', [sign('E3', 'assisted-withdrawn', 1)], 'undeclared'],
    ['a label of none taken off', [sign('E3', 'unassisted-withdrawn', 1)], 'undeclared'],
  ])('%s', (_, evidence, expected) => {
    expect(answer(...evidence)).toBe(expected)
  })
})

describe('conflict', () => {
  test.each<[string, Evidence[], string]>([
    ['E1 before E2', [sign('E2', 'assisted'), sign('E1', 'assisted')], 'assisted E1'],
    [
      'a mark against a note without AI',
      [sign('E1', 'unassisted'), sign('E2', 'assisted')],
      'assisted E2',
    ],
    [
      'a person against a mark',
      [sign('E2', 'assisted', 1), sign('E3', 'unassisted', 2)],
      'assisted E2 disputed',
    ],
    [
      'a person before the mark',
      [sign('E3', 'unassisted', 1), sign('E2', 'assisted', 2)],
      'assisted E2 disputed',
    ],
    [
      'a label taken off against a mark',
      [sign('E2', 'assisted', 1), sign('E3', 'assisted-withdrawn', 2)],
      'assisted E2 disputed',
    ],
    [
      'a person who changed their mind',
      [sign('E2', 'assisted'), sign('E3', 'unassisted', 1), sign('E3', 'assisted', 2)],
      'assisted E2',
    ],
    [
      'a person against what is attested',
      [sign('E1', 'agent-authored'), sign('E3', 'unassisted', 2)],
      'assisted E1',
    ],
    [
      'a person against what is attested and marked',
      [sign('E1', 'assisted'), sign('E2', 'assisted'), sign('E3', 'unassisted', 2)],
      'assisted E1',
    ],
    [
      'a person’s AI against a note without',
      [sign('E1', 'unassisted'), sign('E3', 'assisted', 1)],
      'unassisted E1 disputed',
    ],
    [
      'a person who agrees with a note without',
      [sign('E1', 'unassisted'), sign('E3', 'unassisted', 1)],
      'unassisted E1',
    ],
    [
      'the latest word wins',
      [sign('E3', 'unassisted', 2), sign('E3', 'assisted', 1)],
      'unassisted E3',
    ],
    [
      'the latest word wins, the other way',
      [sign('E3', 'unassisted', 1), sign('E3', 'assisted', 2)],
      'assisted E3',
    ],
    [
      'a word without time is earlier',
      [sign('E3', 'unassisted', -5), sign('E3', 'assisted')],
      'unassisted E3',
    ],
    [
      'of the same time, the later in the list',
      [sign('E3', 'unassisted', 1), sign('E3', 'assisted', 1)],
      'assisted E3',
    ],
    [
      'of no time, the later in the list',
      [sign('E3', 'assisted'), sign('E3', 'unassisted')],
      'unassisted E3',
    ],
    ['taken back', [sign('E3', 'assisted', 1), sign('E3', 'assisted-withdrawn', 2)], 'undeclared'],
    [
      'taken back and declared again',
      [sign('E3', 'assisted', 1), sign('E3', 'assisted-withdrawn', 2), sign('E3', 'assisted', 3)],
      'assisted E3',
    ],
    [
      'taken back before it was declared',
      [sign('E3', 'assisted-withdrawn', 1), sign('E3', 'assisted', 2)],
      'assisted E3',
    ],
    [
      'AI taken back, none still declared',
      [sign('E3', 'unassisted', 1), sign('E3', 'assisted', 2), sign('E3', 'assisted-withdrawn', 3)],
      'unassisted E3',
    ],
    [
      'none taken back, AI still declared',
      [
        sign('E3', 'assisted', 1),
        sign('E3', 'unassisted', 2),
        sign('E3', 'unassisted-withdrawn', 3),
      ],
      'assisted E3',
    ],
    [
      'none taken back is no dispute',
      [sign('E2', 'assisted'), sign('E3', 'unassisted', 1), sign('E3', 'unassisted-withdrawn', 2)],
      'assisted E2',
    ],
    [
      'a suggestion beside a declaration',
      [sign('E2', 'suggested'), sign('E3', 'unassisted', 1)],
      'unassisted E3',
    ],
    ['a mark of bad days and another', [badDays, sign('E2', 'assisted')], 'assisted E2'],
    ['a mark of bad days and a declaration', [badDays, sign('E3', 'unassisted')], 'unassisted E3'],
    [
      'a mark of bad days and a branch',
      [badDays, sign('E4', 'assisted')],
      'undeclared unreliable-mark',
    ],
  ])('%s', (_, evidence, expected) => {
    expect(answer(...evidence)).toBe(expected)
  })

  test('what decides and what is overruled', () => {
    const note = sign('E1', 'unassisted')
    const mark = sign('E2', 'assisted')
    const first = sign('E3', 'assisted', 1)
    const last = sign('E3', 'unassisted', 2)
    expect(weighEvidence([note, mark, first, last])).toMatchObject({
      deciding: [mark],
      overruled: [note, last],
    })
    expect(weighEvidence([first, last])).toMatchObject({ deciding: [last], overruled: [first] })
    expect(weighEvidence([note, first])).toMatchObject({ deciding: [note], overruled: [first] })
  })
})

const anyTier = fc.constantFrom<Tier>('E1', 'E2', 'E3', 'E4')
const anyClaim = fc.constantFrom<Claim>(
  'agent-authored',
  'assisted',
  'unassisted',
  'suggested',
  'assisted-withdrawn',
  'unassisted-withdrawn',
)
const anySign = fc
  .tuple(anyTier, anyClaim, fc.nat(1_000), fc.boolean())
  .map(([tier, claim, at, bad]) =>
    bad && tier === 'E4' ? { ...sign(tier, claim, at), epoch: 'bad-days' } : sign(tier, claim, at),
  )
const anyEvidence = fc.array(anySign, { maxLength: 12 })
const atDistinctTimes = fc.uniqueArray(anySign, { maxLength: 12, selector: ({ at }) => at })

function check<Arguments>(property: fc.IProperty<Arguments>): void {
  fc.assert(property, { numRuns: propertyRuns(1_000) })
}

describe('for any evidence', () => {
  test('weak signs alone never decide', () => {
    check(
      fc.property(anyEvidence, (evidence) => {
        const weak = evidence.map((one) => ({ ...one, tier: 'E4' as const }))
        expect(weighEvidence(weak)).toMatchObject({ assistance: 'undeclared', deciding: [] })
      }),
    )
  })

  test('weak signs change no answer', () => {
    check(
      fc.property(anyEvidence, anyEvidence, (evidence, others) => {
        const weak = others.map(({ epoch: _, ...one }) => ({ ...one, tier: 'E4' as const }))
        expect(weighEvidence([...weak, ...evidence])).toEqual(weighEvidence(evidence))
      }),
    )
  })

  test('the order of the list is nothing where the times differ', () => {
    check(
      fc.property(
        atDistinctTimes.chain((evidence) =>
          fc.tuple(
            fc.constant(evidence),
            fc.shuffledSubarray(evidence, { minLength: evidence.length }),
          ),
        ),
        ([evidence, shuffled]) => {
          const sorted = (list: readonly Evidence[]) => list.map(({ text }) => text).sort()
          const one = weighEvidence(evidence)
          const other = weighEvidence(shuffled)
          expect({
            ...other,
            deciding: sorted(other.deciding),
            overruled: sorted(other.overruled),
          }).toEqual({
            ...one,
            deciding: sorted(one.deciding),
            overruled: sorted(one.overruled),
          })
        },
      ),
    )
  })

  test('one more strong sign of AI makes it assisted, whatever else is there', () => {
    check(
      fc.property(
        anyEvidence,
        fc.constantFrom<Tier>('E1', 'E2'),
        fc.constantFrom<Claim>('assisted', 'agent-authored'),
        (evidence, tier, claim) => {
          const more = weighEvidence([...evidence, sign(tier, claim)])
          expect(more.assistance).toBe('assisted')
          const before = weighEvidence(evidence)
          if (before.assistance === 'assisted' && before.tier !== undefined) {
            expect(more.tier).toBe(before.tier < tier ? before.tier : tier)
          }
        },
      ),
    )
  })

  test('the answer has a tier and evidence that says so, or neither', () => {
    check(
      fc.property(anyEvidence, (evidence) => {
        const { assistance, tier, deciding, overruled, setAside } = weighEvidence(evidence)
        expect(deciding.length > 0).toBe(assistance !== 'undeclared')
        expect(tier !== undefined).toBe(assistance !== 'undeclared')
        expect(tier).not.toBe('E4')
        for (const { claim } of deciding) {
          expect(['assisted', 'agent-authored'].includes(claim)).toBe(assistance === 'assisted')
        }
        for (const one of overruled) expect(deciding).not.toContain(one)
        if (setAside === 'disputed') expect(overruled.some((one) => one.tier === 'E3')).toBe(true)
        if (setAside === 'unreliable-mark') expect(assistance).toBe('undeclared')
      }),
    )
  })
})
