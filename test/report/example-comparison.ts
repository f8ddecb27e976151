import type {
  ReportComparison,
  ReportVerdict,
} from '../../src/report/document/report-comparison.ts'
import type { Estimate } from '../../src/report/document/report-parts.ts'
import { isSettled, leadOf } from '../../src/report/document/statement-lead.ts'

type Outcome = ReportComparison['outcome']

interface OutcomeExample {
  readonly title: string
  readonly definition: string
  readonly window: ReportComparison['window']
  readonly typical: ReportComparison['typical']
  readonly ratio: Estimate | null
  readonly events: ReportComparison['events']
  readonly maturing: number
  readonly detectable: NonNullable<ReportComparison['detectable']>
  readonly samePeople: Estimate
  readonly measures: ReportComparison['measures']
  /** What each kind of verdict would have been read from. */
  estimate(verdict: ReportVerdict): Estimate
}

const examples: Readonly<Record<Outcome, OutcomeExample>> = {
  'cycle-time': {
    title: 'Time to merge',
    definition: 'Hours from ready for review to merged, of changes merged within 14 days.',
    window: { from: '2026-03-09', until: '2026-06-08' },
    typical: { unit: 'hours', aiRecorded: 17, noneRecorded: 21 },
    ratio: null,
    events: null,
    maturing: 0,
    detectable: { unit: 'percent', low: -22, high: 28 },
    samePeople: { unit: 'percent', value: -15, low: -27, high: -1 },
    measures: [
      {
        id: 'merged-within-14-days',
        label: 'Merged within 14 days',
        unit: 'percent',
        of: 'both',
        changes: { aiRecorded: 530, noneRecorded: 1310 },
        aiRecorded: { value: 84, low: 80, high: 87 },
        noneRecorded: { value: 86, low: 84, high: 88 },
        difference: { unit: 'points', value: -1, low: -5, high: 3 },
      },
    ],
    estimate: (verdict) => ({ unit: 'percent', ...ratioOf(verdict) }),
  },
  'review-rounds': {
    title: 'Review rounds',
    definition:
      'How many versions of a change another person reviewed from ready until the merge. More is not worse.',
    window: { from: '2026-03-09', until: '2026-06-08' },
    typical: { unit: 'rounds', aiRecorded: 1.3, noneRecorded: 1.2 },
    ratio: null,
    events: null,
    maturing: 0,
    detectable: { unit: 'percent', low: -16, high: 19 },
    samePeople: { unit: 'percent', value: 4, low: -8, high: 18 },
    measures: [
      {
        id: 'no-rounds',
        label: 'Merged with no review round',
        unit: 'percent',
        of: 'both',
        changes: { aiRecorded: 530, noneRecorded: 1310 },
        aiRecorded: { value: 21, low: 16, high: 26 },
        noneRecorded: { value: 24, low: 21, high: 28 },
        difference: null,
      },
      {
        id: 'merged-unreviewed',
        label: "Merged without another person's review",
        unit: 'percent',
        of: 'both',
        changes: { aiRecorded: 530, noneRecorded: 1310 },
        aiRecorded: { value: 17, low: 13, high: 22 },
        noneRecorded: { value: 19, low: 16, high: 23 },
        difference: { unit: 'points', value: -2, low: -8, high: 4 },
      },
      {
        id: 'changes-requested',
        label: 'Changes requested at least once',
        unit: 'percent',
        of: 'both',
        changes: { aiRecorded: 530, noneRecorded: 1310 },
        aiRecorded: { value: 14, low: 10, high: 19 },
        noneRecorded: null,
        difference: null,
      },
      {
        id: 'later-pushes',
        label: 'Pushes after the first review',
        unit: 'number',
        of: 'both',
        changes: { aiRecorded: 420, noneRecorded: 1050 },
        aiRecorded: { value: 0.9, low: 0.7, high: 1.2 },
        noneRecorded: { value: 0.8, low: 0.7, high: 0.9 },
        difference: null,
      },
    ],
    estimate: (verdict) => ({ unit: 'percent', ...ratioOf(verdict) }),
  },
  reverts: {
    title: 'Reverts',
    definition: 'Changes reverted within 30 days of their merge, per 1,000.',
    window: { from: '2025-12-22', until: '2026-05-23' },
    typical: { unit: 'per-1000', aiRecorded: 14.1, noneRecorded: 11.3 },
    ratio: { unit: 'percent', value: 25, low: -35, high: 141 },
    events: { aiRecorded: 11, noneRecorded: 19 },
    maturing: 245,
    detectable: { unit: 'per-1000', low: -13, high: 13 },
    samePeople: { unit: 'per-1000', value: 1.9, low: -9.4, high: 13.2 },
    measures: [],
    estimate: (verdict) => ({ unit: 'per-1000', ...riskOf(verdict) }),
  },
}

function ratioOf(verdict: ReportVerdict): { value: number; low: number; high: number } {
  if (verdict === 'too_few' || verdict === 'too_few_events') return { value: 6, low: -41, high: 89 }
  if (verdict === 'similar') return { value: -2, low: -11, high: 9 }
  if (verdict === 'no_clear_difference') return { value: -9, low: -24, high: 8 }
  if (verdict.endsWith('higher')) return { value: 24, low: 6, high: 45 }
  return { value: -18, low: -30, high: -4 }
}

function riskOf(verdict: ReportVerdict): { value: number; low: number; high: number } {
  if (verdict.endsWith('higher')) return { value: 11.2, low: 3.1, high: 19.4 }
  if (verdict.endsWith('lower')) return { value: -9.8, low: -17.2, high: -2.4 }
  if (verdict === 'similar') return { value: 0.2, low: -1.9, high: 2.3 }
  return { value: 2.8, low: -5.9, high: 11.5 }
}

const statements: Readonly<
  Record<ReportVerdict, { readonly statement: string; readonly reason: string | null }>
> = {
  hidden: {
    statement: 'Not shown: fewer than 5 people or 20 changes in a group.',
    reason: null,
  },
  not_known: {
    statement: 'Not known: a clone holds no times of review.',
    reason: 'Read the repository from GitHub to see it.',
  },
  too_few: {
    statement:
      'Too few changes to tell. With this much data only a difference of about 45 % or more would show.',
    reason: null,
  },
  too_few_events: {
    statement:
      'Too few reverts to tell: 4 of about 780 with AI recorded, 5 of about 1,680 with no AI recorded.',
    reason: null,
  },
  no_clear_difference: {
    statement:
      'No clear difference. Comparable changes with AI recorded took −9 % (−24 % to +8 %). That still leaves room for a difference of up to a quarter.',
    reason: null,
  },
  similar: {
    statement:
      'About the same: −2 % (−11 % to +9 %), and a difference beyond 20 % either way is unlikely.',
    reason: null,
  },
  leaning_lower: {
    statement: 'Signs of lower values with AI recorded (−18 %, −30 % to −4 %), not settled.',
    reason: 'Not yet seen two weeks running.',
  },
  leaning_higher: {
    statement: 'Signs of higher values with AI recorded (+24 %, +6 % to +45 %), not settled.',
    reason: 'The same people do not show it.',
  },
  lower: {
    statement:
      'Shorter time to merge with AI recorded: −18 % (−30 % to −4 %). Seen two weeks running and among the same people.',
    reason: null,
  },
  higher: {
    statement:
      'Longer time to merge with AI recorded: +24 % (+6 % to +45 %). Seen two weeks running and among the same people.',
    reason: null,
  },
  mixed: {
    statement:
      'Mixed: lower overall, but higher among the same people. Probably about who uses AI, not about AI.',
    reason: null,
  },
}

/** Verdicts behind which there is no number that may or can be shown. */
const unshown: readonly ReportVerdict[] = ['hidden', 'not_known']

function statementOf(verdict: ReportVerdict) {
  const stated = statements[verdict]
  return { verdict, ...stated, settled: isSettled(verdict), lead: leadOf(stated.statement) }
}

/** A made-up comparison of one outcome with that verdict: for the tests of what lays it out. */
export function exampleComparison(outcome: Outcome, verdict: ReportVerdict): ReportComparison {
  const example = examples[outcome]
  const { title, definition, window } = example
  const head = { outcome, title, definition, window, ...statementOf(verdict) }
  if (unshown.includes(verdict)) {
    return {
      ...head,
      estimate: null,
      comparable: null,
      typical: null,
      ratio: null,
      events: null,
      maturing: 0,
      adjustedFor: null,
      people: null,
      detectable: null,
      samePeople: null,
      noSamePeople: null,
      sensitivity: null,
      attested: null,
      enough: null,
      measures: [],
      notes: [],
    }
  }
  const estimate = example.estimate(verdict)
  const enough = isSettled(verdict)
    ? null
    : ({
        short: 'interval',
        times: 2.4,
        from: '2026-08-03',
        text: 'If the difference stays where it is, a clear answer takes about 2.4 times as many changes of both groups. At the pace of the last four weeks that are shown, the 13 weeks that are counted hold that many from about 3 August 2026 on.',
      } as const)
  const half = { value: 2 * estimate.value, low: 2 * estimate.low, high: 2 * estimate.high }
  return {
    ...head,
    estimate,
    comparable: {
      aiRecorded: { used: 410, all: 530 },
      noneRecorded: { used: 1095, all: 1310 },
    },
    enough,
    typical: example.typical,
    ratio: example.ratio,
    events: example.events,
    maturing: example.maturing,
    adjustedFor: outcome === 'reverts' ? 'coarse-size' : 'size-and-date',
    people: '20+',
    detectable: example.detectable,
    samePeople: { people: '10-19', estimate: example.samePeople },
    noSamePeople: null,
    sensitivity: {
      undeclared: [10, 25, 50].map((percent) => ({
        percent,
        estimate: percent === 50 ? { ...estimate, ...half } : estimate,
      })),
      worstCase: [10, 25, 50].map((percent) => ({
        percent,
        unit: estimate.unit,
        low: Math.round(3 * estimate.low),
        high: percent === 50 ? null : Math.round(3 * estimate.high),
      })),
      tippingPercent: verdict === 'lower' ? 7 : null,
      hidden: outcome === 'reverts' ? null : { estimate: 1.7, limit: 1.2 },
    },
    attested:
      outcome === 'cycle-time'
        ? {
            ...statementOf('no_clear_difference'),
            estimate: { unit: 'percent', value: -9, low: -24, high: 8 },
            comparable: {
              aiRecorded: { used: 210, all: 530 },
              noneRecorded: { used: 95, all: 120 },
            },
          }
        : null,
    measures: example.measures,
    notes:
      outcome === 'reverts'
        ? ['A fix that follows a change is not a revert.', 'Not adjusted for date.']
        : ['Changes of the same size are compared, and size may itself come from using AI.'],
  }
}
