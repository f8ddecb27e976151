/** What a synthetic organisation is like. Everything has a default but the first two. */
export interface SyntheticOptions {
  /** The same seed gives the same records, byte for byte. */
  readonly seed: number
  /** UTC; a Monday: when all records were read. */
  readonly asOf: string
  readonly people: number
  readonly repositories: number
  /** Whose the repositories are. */
  readonly owner: string
  /** Of the first repositories, without their owner. */
  readonly names: readonly string[]
  /** Number of the first repository: of organisations that are to be one, each has others. */
  readonly firstRepository: number
  /** Changes that people and their agents start in a week, on average. */
  readonly changesPerWeek: number
  /** Weeks up to `asOf`. */
  readonly weeks: number
  /** Share of changes that are made with AI at the end; it is two thirds of that at the start. */
  readonly assistedShare: number
  /** Share of the changes made with AI that record nothing of it. */
  readonly undeclaredShare: number
  /** Share of the changes made without AI that say so. */
  readonly attestedShare: number
  /** Typical time from ready to merged with AI, as a ratio to the time without. */
  readonly timeRatio: number
  /** Review rounds with AI, as a ratio to those without. */
  readonly roundsRatio: number
  /** Risk of being reverted with AI, as a ratio to the risk without. */
  readonly revertRatio: number
  /** Share of merged changes made without AI that are reverted within 30 days. */
  readonly revertRisk: number
  /** Typical hours from ready to merged of a person's change of 60 lines. */
  readonly typicalHours: number
  /** Standard deviation of log hours among one person's changes. */
  readonly timeSpread: number
  /** Standard deviation of typical log hours among people. */
  readonly personSpread: number
  /** Correlation of a person's log hours with how readily they use AI. Below 0: the faster use it more. */
  readonly personCorrelation: number
  /** Standard deviation of the log odds with which people use AI: the larger, the more use it always or never. */
  readonly readinessSpread: number
  /** Exponent with which time and rounds grow with changed lines. */
  readonly sizeExponent: number
  /** Typical size with AI, as a ratio to the size without. */
  readonly assistedSizeRatio: number
}

/** What must be given of an organisation, and what may be. */
export type SyntheticInit = Pick<SyntheticOptions, 'seed' | 'asOf'> & Partial<SyntheticOptions>

const defaults: Omit<SyntheticOptions, 'seed' | 'asOf'> = {
  people: 60,
  repositories: 6,
  owner: 'example',
  names: ['checkout', 'search', 'accounts', 'mobile-app', 'infrastructure', 'brand-site'],
  firstRepository: 0,
  changesPerWeek: 160,
  weeks: 40,
  assistedShare: 0.45,
  undeclaredShare: 0.1,
  attestedShare: 0.2,
  timeRatio: 0.66,
  roundsRatio: 1.06,
  revertRatio: 1.2,
  revertRisk: 0.008,
  typicalHours: 14,
  timeSpread: 1.25,
  personSpread: 0.45,
  personCorrelation: -0.2,
  readinessSpread: 1.3,
  sizeExponent: 0.2,
  assistedSizeRatio: 1.5,
}

/** @throws RangeError where no organisation can be made of it */
export function completeOptions(init: SyntheticInit): SyntheticOptions {
  const options = { ...defaults, ...init }
  if (!Number.isFinite(Date.parse(options.asOf)))
    throw new RangeError(`asOf must be a time, and is ${JSON.stringify(options.asOf)}`)
  for (const name of ['people', 'repositories', 'weeks'] as const) {
    if (!(Number.isInteger(options[name]) && options[name] >= 1))
      throw new RangeError(`${name} must be a whole number from 1 on, and is ${options[name]}`)
  }
  return options
}
