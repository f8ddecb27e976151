/** The numbers that the method chose (docs/method.md), with their reasons. They are choices, not estimates. */
export const rules = {
  /** A fixed scope is shown from so many people in each cohort: the minimum of Copilot's metrics and of Viva Insights. */
  minimumPeople: 5,
  /** A group this large in each cohort, so that a number is not that of a few changes. */
  minimumChanges: 20,
  /** Nobody may own more than this share of a shown group's changes. */
  largestPersonShare: 0.5,
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
  /** Changes from which the third quartile and the ninth decile of one cohort have intervals that hold (simulated). */
  upperQuartileChanges: 50,
  ninthDecileChanges: 100,
  ninthDecilePeople: 10,
  /** A week's share of AI recorded jumped if it did by so much, and by more than chance would do in 1 of 1,000 weeks. */
  shareStep: 0.25,
  shareStepConfidence: 0.999,
  /** Where AI is recorded on more than this share of the changes, the rest is too special to be compared with. */
  highShare: 0.9,
} as const
