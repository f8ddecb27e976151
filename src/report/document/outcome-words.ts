import type { ReportComparison } from './report-comparison.ts'

export type OutcomeId = ReportComparison['outcome']

/** How an outcome is spoken of. More and fewer are never called good or bad. */
export interface OutcomeWords {
  readonly title: string
  readonly definition: string
  readonly lower: OutcomeDirection
  readonly higher: OutcomeDirection
  /** Said of changes with AI recorded where the estimate is 0. */
  readonly same: string
  readonly notKnown: string
}

export interface OutcomeDirection {
  /** 'Shorter time to merge' */
  readonly name: string
  /** 'shorter' */
  readonly short: string
  /** 'less' */
  readonly by: string
  /** 'took 18 % less time to merge': said of changes with AI recorded, with the amount without a sign. */
  readonly said: (amount: string) => string
}

export const outcomeWords: Readonly<Record<OutcomeId, OutcomeWords>> = {
  'cycle-time': {
    title: 'Time to merge',
    definition:
      'Hours from ready for review to merged, of changes merged within 14 days. Typical times are geometric means.',
    lower: {
      name: 'Shorter time to merge',
      short: 'shorter',
      by: 'less',
      said: (amount) => `took ${amount} less time to merge`,
    },
    higher: {
      name: 'Longer time to merge',
      short: 'longer',
      by: 'more',
      said: (amount) => `took ${amount} more time to merge`,
    },
    same: 'took about as long to merge',
    notKnown: 'Not known: the source does not tell when changes became ready for review.',
  },
  'review-rounds': {
    title: 'Review rounds',
    definition:
      'How many versions of a change another person reviewed, from ready until the merge, of changes merged within 14 days. More is not worse.',
    lower: {
      name: 'Fewer review rounds',
      short: 'fewer',
      by: 'fewer',
      said: (amount) => `had ${amount} fewer review rounds`,
    },
    higher: {
      name: 'More review rounds',
      short: 'more',
      by: 'more',
      said: (amount) => `had ${amount} more review rounds`,
    },
    same: 'had about as many review rounds',
    notKnown: 'Not known: the source does not tell of reviews.',
  },
  reverts: {
    title: 'Reverts',
    definition:
      'Changes reverted within 30 days of their merge, per 1,000, of changes merged at least 30 days ago.',
    lower: {
      name: 'Fewer reverts',
      short: 'fewer',
      by: 'fewer',
      said: (amount) => `had ${amount} fewer reverts per 1,000`,
    },
    higher: {
      name: 'More reverts',
      short: 'more',
      by: 'more',
      said: (amount) => `had ${amount} more reverts per 1,000`,
    },
    same: 'had about as many reverts',
    notKnown: 'Not known: the source does not tell what was merged.',
  },
}
