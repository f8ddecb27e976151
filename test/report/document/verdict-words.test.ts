import { describe, expect, test } from 'vitest'
import { gateThresholds, type LeaningReason } from '../../../src/comparison/index.ts'
import type { OutcomeId } from '../../../src/report/document/outcome-words.ts'
import type { ReportVerdict } from '../../../src/report/document/report-comparison.ts'
import type { Estimate } from '../../../src/report/document/report-parts.ts'
import {
  type Stated,
  verdictReason,
  verdictStatement,
} from '../../../src/report/document/verdict-words.ts'
import { findForbiddenWords } from '../../support/forbidden-words.ts'

const outcomes = ['cycle-time', 'review-rounds', 'reverts'] as const
const verdicts = [
  'hidden',
  'not_known',
  'too_few',
  'too_few_events',
  'no_clear_difference',
  'similar',
  'leaning_lower',
  'leaning_higher',
  'lower',
  'higher',
  'mixed',
] as const satisfies readonly ReportVerdict[]

const percents = {
  lower: { unit: 'percent', value: -18, low: -30, high: -4 },
  higher: { unit: 'percent', value: 24, low: 6, high: 45 },
  none: { unit: 'percent', value: -9, low: -24, high: 8 },
  same: { unit: 'percent', value: 0, low: -6, high: 7 },
  wide: { unit: 'percent', value: 6, low: -41, high: 89 },
} as const satisfies Record<string, Estimate>
const rates = {
  lower: { unit: 'per-1000', value: -9.8, low: -17.2, high: -2.4 },
  higher: { unit: 'per-1000', value: 11.2, low: 3.1, high: 19.4 },
  none: { unit: 'per-1000', value: 2.8, low: -5.9, high: 11.5 },
  same: { unit: 'per-1000', value: 0.2, low: -1.9, high: 2.3 },
  wide: { unit: 'per-1000', value: 4, low: -24, high: 31 },
} as const satisfies Record<string, Estimate>

function estimateOf(outcome: OutcomeId, verdict: ReportVerdict): Estimate | null {
  const examples = outcome === 'reverts' ? rates : percents
  if (verdict === 'hidden' || verdict === 'not_known') return null
  if (verdict.startsWith('too_few')) return examples.wide
  if (verdict === 'no_clear_difference') return examples.none
  if (verdict === 'similar') return examples.same
  return verdict.endsWith('higher') ? examples.higher : examples.lower
}

function stated(outcome: OutcomeId, verdict: ReportVerdict, changes: Partial<Stated> = {}): Stated {
  return {
    outcome,
    verdict,
    reasons: verdict.startsWith('leaning') ? ['not-two-weeks'] : [],
    estimate: estimateOf(outcome, verdict),
    counts: { assisted: { all: 530, used: 412 }, other: { all: 1310, used: 1093 } },
    events: outcome === 'reverts' ? { assisted: 4, other: 5 } : null,
    detectable:
      outcome === 'reverts'
        ? { unit: 'per-1000', low: -13, high: 13 }
        : { unit: 'percent', low: -45, high: 82 },
    noRatio: false,
    against: 'with no AI recorded',
    thresholds: gateThresholds,
    ...changes,
  }
}

const all = outcomes.flatMap((outcome) =>
  verdicts
    .filter((verdict) => verdict !== 'too_few_events' || outcome === 'reverts')
    .map((verdict) => stated(outcome, verdict)),
)

test('every verdict of every outcome', () => {
  expect(
    all.map((one) => `${one.outcome} ${one.verdict}: ${verdictStatement(one)}`),
  ).toMatchInlineSnapshot(`
    [
      "cycle-time hidden: Not shown: fewer than 5 people or 20 changes in a group, or in what it leaves of the whole, or one person made more than half of either.",
      "cycle-time not_known: Not known: the source does not tell when changes became ready for review.",
      "cycle-time too_few: Too few changes to tell. With this much data only differences of about 45 % less or 82 % more and beyond would usually show.",
      "cycle-time no_clear_difference: No clear difference. Comparable changes with AI recorded took 9 % less time to merge (−24 % to +8 %). That still leaves room for up to 24 % less or 8 % more.",
      "cycle-time similar: About the same. Comparable changes with AI recorded took about as long to merge (−6 % to +7 %), and a difference beyond 20 % either way is unlikely.",
      "cycle-time leaning_lower: Signs of shorter time to merge with AI recorded: −18 % (−30 % to −4 %), not settled.",
      "cycle-time leaning_higher: Signs of longer time to merge with AI recorded: +24 % (+6 % to +45 %), not settled.",
      "cycle-time lower: Shorter time to merge with AI recorded: −18 % (−30 % to −4 %). Seen two weeks running and among the same people.",
      "cycle-time higher: Longer time to merge with AI recorded: +24 % (+6 % to +45 %). Seen two weeks running and among the same people.",
      "cycle-time mixed: Mixed: shorter overall, −18 % (−30 % to −4 %), but longer among the same people. Probably about who uses AI, not about AI.",
      "review-rounds hidden: Not shown: fewer than 5 people or 20 changes in a group, or in what it leaves of the whole, or one person made more than half of either.",
      "review-rounds not_known: Not known: the source does not tell of reviews.",
      "review-rounds too_few: Too few changes to tell. With this much data only differences of about 45 % fewer or 82 % more and beyond would usually show.",
      "review-rounds no_clear_difference: No clear difference. Comparable changes with AI recorded had 9 % fewer review rounds (−24 % to +8 %). That still leaves room for up to 24 % fewer or 8 % more.",
      "review-rounds similar: About the same. Comparable changes with AI recorded had about as many review rounds (−6 % to +7 %), and a difference beyond 20 % either way is unlikely.",
      "review-rounds leaning_lower: Signs of fewer review rounds with AI recorded: −18 % (−30 % to −4 %), not settled.",
      "review-rounds leaning_higher: Signs of more review rounds with AI recorded: +24 % (+6 % to +45 %), not settled.",
      "review-rounds lower: Fewer review rounds with AI recorded: −18 % (−30 % to −4 %). Seen two weeks running and among the same people.",
      "review-rounds higher: More review rounds with AI recorded: +24 % (+6 % to +45 %). Seen two weeks running and among the same people.",
      "review-rounds mixed: Mixed: fewer overall, −18 % (−30 % to −4 %), but more among the same people. Probably about who uses AI, not about AI.",
      "reverts hidden: Not shown: fewer than 5 people or 20 changes in a group, or in what it leaves of the whole, or one person made more than half of either.",
      "reverts not_known: Not known: the source does not tell what was merged.",
      "reverts too_few: Too few changes to tell. With this much data only differences of about 13.0 fewer or 13.0 more per 1,000 and beyond would usually show.",
      "reverts too_few_events: Too few reverts to tell: 4 of about 410 with AI recorded, 5 of about 1,095 with no AI recorded. That leaves room for up to 24.8 per 1,000 with AI recorded and 10.6 per 1,000 with no AI recorded.",
      "reverts no_clear_difference: No clear difference. Comparable changes with AI recorded had 2.8 more reverts per 1,000 (−5.9 to +11.5). That still leaves room for up to 5.9 fewer or 11.5 more per 1,000.",
      "reverts similar: About the same. Comparable changes with AI recorded had 0.2 more reverts per 1,000 (−1.9 to +2.3), and a difference beyond 2.3 per 1,000 either way is unlikely.",
      "reverts leaning_lower: Signs of fewer reverts with AI recorded: −9.8 per 1,000 (−17.2 to −2.4), not settled.",
      "reverts leaning_higher: Signs of more reverts with AI recorded: +11.2 per 1,000 (+3.1 to +19.4), not settled.",
      "reverts lower: Fewer reverts with AI recorded: −9.8 per 1,000 (−17.2 to −2.4). Seen two weeks running and among the same people.",
      "reverts higher: More reverts with AI recorded: +11.2 per 1,000 (+3.1 to +19.4). Seen two weeks running and among the same people.",
      "reverts mixed: Mixed: fewer overall, −9.8 per 1,000 (−17.2 to −2.4), but more among the same people. Probably about who uses AI, not about AI.",
    ]
  `)
})

const reasons: readonly LeaningReason[] = [
  'not-sure',
  'not-two-weeks',
  'same-people-differ',
  'same-people-opposite',
  'too-few-work-both-ways',
  'same-people-undefined',
]

test('every reason why a statement is not a clear one', () => {
  expect(
    reasons.map((reason) =>
      verdictReason(stated('cycle-time', 'leaning_lower', { reasons: [reason] })),
    ),
  ).toMatchInlineSnapshot(`
    [
      "Only the 95 % interval leaves out "no difference", the 99 % interval does not.",
      "Not yet seen two weeks running.",
      "The same people do not show it.",
      "Among the same people it is the other way round.",
      "Too few people work both ways to check.",
      "Among the same people it cannot be worked out.",
    ]
  `)
  const two = stated('reverts', 'leaning_higher', {
    reasons: ['too-few-work-both-ways', 'not-two-weeks'],
  })
  expect(verdictReason(two)).toBe(
    'Too few people work both ways to check. Not yet seen two weeks running.',
  )
  expect(verdictReason(stated('cycle-time', 'lower'))).toBeNull()
  expect(verdictReason(stated('cycle-time', 'not_known'))).toMatch(/from GitHub/)
})

describe('what is too little', () => {
  test.each<[text: string, changes: Partial<Stated>]>([
    [
      'Too few review rounds to tell: a group has none at all, so that there is no ratio.',
      { noRatio: true, estimate: null },
    ],
    [
      'Too few changes to tell: fewer than 30 in a group have a counterpart of their kind in the other.',
      { counts: { assisted: { all: 60, used: 29 }, other: { all: 90, used: 70 } }, estimate: null },
    ],
    [
      'Too few people to tell: what can be compared is mostly the work of a few.',
      { estimate: null },
    ],
    [
      'Too few changes to tell. With this much data not even a tenfold difference need show.',
      { detectable: null },
    ],
  ])('%s', (text, changes) => {
    expect(verdictStatement(stated('review-rounds', 'too_few', changes))).toBe(text)
  })

  test('reverts of a group of a handful are not counted to the change', () => {
    const counts = { assisted: { all: 40, used: 3 }, other: { all: 4_000, used: 3_021 } }
    expect(
      verdictStatement(
        stated('reverts', 'too_few_events', { counts, against: 'attested to be without AI' }),
      ),
    ).toBe(
      'Too few reverts to tell: 4 of fewer than 5 with AI recorded, 5 of about 3,020 attested to be without AI. That leaves room for up to 3.9 per 1,000 attested to be without AI.',
    )
  })
})

test('the gate is told as it is set', () => {
  const thresholds = { people: 8, changes: 50, personShare: 0.4 }
  expect(verdictStatement(stated('reverts', 'hidden', { thresholds }))).toBe(
    'Not shown: fewer than 8 people or 50 changes in a group, or in what it leaves of the whole, or one person made more than 40 % of either.',
  )
})

test('a difference that rounds to nothing has no direction', () => {
  const estimate = { unit: 'percent', value: 0, low: 0, high: 0 } as const
  expect(verdictStatement(stated('cycle-time', 'similar', { estimate }))).toBe(
    'About the same. Comparable changes with AI recorded took about as long to merge (0 % to 0 %), and a difference beyond 20 % either way is unlikely.',
  )
  expect(verdictStatement(stated('review-rounds', 'no_clear_difference', { estimate }))).toBe(
    'No clear difference. Comparable changes with AI recorded had about as many review rounds (0 % to 0 %).',
  )
})

/** Beside those that no text of ours may hold: what claims more than a comparison can know (docs/method.md, From numbers to words). */
const neverSaid = /\b(significant|effects?|saved|better|worse|unassisted|caused)\b/i

test('no statement claims what cannot be known', () => {
  for (const one of all) {
    const text = [verdictStatement(one), verdictReason(one) ?? []].flat().join(' ')
    expect(findForbiddenWords(text)).toEqual([])
    expect(text).not.toMatch(neverSaid)
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|−0\b(?!\.)|--/)
    expect(text).toMatch(/^[A-Z].*\.$/)
  }
})
