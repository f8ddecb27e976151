/** The numbers that the method chose (docs/method.md), with their reasons. They are choices, not estimates. */
export const rules = {
  /** A fixed scope is shown from so many people in each cohort: the minimum of Copilot's metrics and of Viva Insights. */
  minimumPeople: 5,
  /** A group this large in each cohort, so that a number is not that of a few changes. */
  minimumChanges: 20,
  /** Nobody may own more than this share of a shown group's changes. */
  largestPersonShare: 0.5,
  /** Weeks of changes by when they became ready: a quarter, so that seasons and weekends weigh as they do. */
  readyWeeks: 13,
  /** Days that every change is watched after it became ready, and within which it must merge: nine in ten do. */
  followUpDays: 14,
  /** Weeks of merges for reverts, which are rare: twice the quarter. */
  mergedWeeks: 26,
  /** Days within which a revert counts: 97 of 100 linked reverts come that soon. */
  revertDays: 30,
  /** Hours are compared by their logarithm: what merges sooner than this counts as this, lest seconds decide. */
  shortestMinutes: 5,
  /** Length of the blocks of time inside which changes are compared: whole weeks, about a month. */
  blockDays: 28,
  /** Share of the changes with AI recorded that must have a counterpart before kinds are told apart less finely. */
  comparableShare: 0.8,
  /** Confidence of the intervals that are shown. */
  confidence: 0.95,
  /** And of those on which a clear statement rests: three outcomes and a look every week are many chances to be fooled. */
  sureConfidence: 0.99,
  /** How often a difference that is told to be large enough to show would do so: the usual 4 in 5. */
  power: 0.8,
  /** Comparable changes in each cohort below which nothing is said. */
  comparableChanges: 30,
  /** Effective people below which an interval cannot be trusted (simulated: it holds from 5 on). */
  effectivePeople: 5,
  /** Reverts in the strata that hold both cohorts, below which risks are not compared. */
  minimumEvents: 10,
  /** A ratio's interval that reaches beyond both of 1/1.5 and 1.5 tells nothing useful. */
  wideRatio: 1.5,
  /** A ratio's interval inside 1/1.2 to 1.2 is "about the same". */
  sameRatio: 1.2,
  /** The same two marks for differences of shares: 2 points and half a point. */
  wideRisk: 0.02,
  sameRisk: 0.005,
  /** For reverts at most this part of the other cohort's share: half a point is more than the usual rate itself. */
  sameRiskPart: 0.25,
  /** Ratio from which on it is only told that not even a difference of that size need show. */
  largestDetectable: 10,
  /** Shares of undeclared use for which the answer is worked out again: little, much, and half. */
  undeclaredShares: [0.1, 0.25, 0.5],
  /** Share of undeclared use up to which the tipping share is sought: beyond half the cohort has lost its name. */
  mostUndeclared: 0.5,
  /** Share of wrongly placed changes from which on too little is left to correct a difference for them. */
  mostMislabelled: 0.9,
  /** Changes from which the third quartile and the ninth decile of one cohort have intervals that hold (simulated). */
  upperQuartileChanges: 50,
  ninthDecileChanges: 100,
  ninthDecilePeople: 10,
  /** Hours since ready at which the share merged is read: closer together where more merges between one and the next. */
  mergedHours: [
    1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 144, 168, 192, 216, 240, 264, 288, 312, 336,
  ],
  /** Changes of a group that must have merged between two of them, or none, lest a step of the curve tell of a single one. */
  mergedStepChanges: 5,
  /**
   * One Monday in so many weeks is an anchor: where it is not known which snapshot was published last, its own is published
   * whatever was before. The more weeks, the rarer that is, and the further back must be read.
   */
  anchorWeeks: 8,
  /** A week's share of AI recorded jumped if it did by so much, and by more than chance would do in 1 of 1,000 weeks. */
  shareStep: 0.25,
  shareStepConfidence: 0.999,
  /** Where AI is recorded on more than this share of the changes, the rest is too special to be compared with. */
  highShare: 0.9,
  /** Numbers of changes are told to the nearest multiple of this, so that one more or less is hardly ever seen. */
  countStep: 5,
  /** Numbers of people are told as bands from these on: 5 to 9, 10 to 19, 20 and more. */
  peopleBands: [5, 10, 20],
} as const
