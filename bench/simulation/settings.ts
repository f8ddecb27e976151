import { ordinaryWorld, type World } from './world.ts'

/** A world under its name. */
export interface Setting {
  readonly name: string
  readonly world: World
}

function setting(name: string, differing: Partial<World>): Setting {
  return { name, world: { ...ordinaryWorld, ...differing } }
}

/** Where nothing that the comparison cannot see differs between the cohorts: its intervals must hold. */
export const fairSettings: readonly Setting[] = [
  setting('60 changes, 8 people', { changes: 60, people: 8, repositories: 1, assistedShare: 0.5 }),
  setting('150 changes, 12 people', { changes: 150, people: 12, repositories: 2 }),
  setting('300 changes, 5 people', { changes: 300, people: 5, repositories: 2 }),
  setting('300 changes, 20 people', { changes: 300, people: 20 }),
  setting('600 changes, 40 people', {}),
  setting('the same, a few people do most', { activitySpread: 1.5 }),
  setting('the same, Weibull times', { shape: 'weibull' }),
  setting('the same, heavy tails', { shape: 'heavy' }),
  setting('the same, two kinds of times', { shape: 'bimodal' }),
  setting('the same, people differ more', { personSpread: 1, effectSpread: 0.5 }),
  setting('the same, all or nothing', { readinessSpread: 3 }),
  setting('the same, one in ten with AI', { assistedShare: 0.1 }),
  setting('the same, no difference', { timeRatio: 1, roundsRatio: 1, revertRatio: 1 }),
  setting('the same, AI on smaller changes', { assistedLargeness: -0.75 }),
  setting('2,000 changes, 80 people', { changes: 2_000, people: 80, repositories: 8 }),
  setting('the same, AI use doubles', { changes: 2_000, people: 80, repositories: 8, ramp: true }),
  setting('the same, rare reverts', {
    changes: 2_000,
    people: 80,
    repositories: 8,
    revertRisk: 0.004,
  }),
  setting('6,000 changes, 150 people', { changes: 6_000, people: 150, repositories: 12 }),
]

/**
 * The faster people use AI more, and use it for smaller changes; in truth AI makes no difference. How strongly was worked
 * back from the naive differences that the method was designed with.
 */
export const confoundedWorld: World = {
  ...ordinaryWorld,
  changes: 2_000,
  people: 80,
  repositories: 8,
  correlation: -0.5,
  assistedLargeness: -0.75,
  timeRatio: 1,
  roundsRatio: 1,
  revertRatio: 1,
}

/** Organisations of which it is asked how much they can see, by changes in each cohort. */
export const sizes: readonly { readonly each: number; readonly world: World }[] = [
  { each: 100, people: 20 },
  { each: 300, people: 40 },
  { each: 1_000, people: 80 },
  { each: 3_000, people: 150 },
].map(({ each, people }) => ({
  each,
  world: { ...ordinaryWorld, changes: 2 * each, people, assistedShare: 0.5 },
}))

/** What was fitted to real histories (docs/method.md, "Fitted to real histories"): bench/fit-spread.ts prints it. */
const fitted: Partial<World> = {
  spread: 1.8,
  personSpread: 1,
  sizeExponent: 0.45,
  activitySpread: 1.3,
  revertRisk: 0.01,
}

/** The ordinary sizes again, with times and people as real histories have them. */
export const fittedSettings: readonly Setting[] = [
  setting('fitted: 300 changes, 20 people', { ...fitted, changes: 300, people: 20 }),
  setting('fitted: 600 changes, 40 people', fitted),
  setting('fitted: 2,000 changes, 80 people', {
    ...fitted,
    changes: 2_000,
    people: 80,
    repositories: 8,
  }),
  setting('fitted: 6,000 changes, 150 people', {
    ...fitted,
    changes: 6_000,
    people: 150,
    repositories: 12,
  }),
]
