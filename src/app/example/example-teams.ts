import type { SyntheticInit } from '../../delivery/index.ts'

type Team = Omit<SyntheticInit, 'asOf'>

/** Twice the quarter that reports look at, and as long as they look back for what was published before. */
const weeks = 34

/** People of one repository, who attest nothing of work without AI: with a few such changes a week, few weeks could be published. */
function team(number: number, name: string, rest: Partial<Team>): Team {
  return {
    seed: 100 + number,
    weeks,
    repositories: 1,
    firstRepository: number,
    names: [name],
    people: 14,
    changesPerWeek: 46,
    attestedShare: 0,
    assistedSizeRatio: 1.1,
    personSpread: 0.25,
    personCorrelation: 0,
    ...rest,
  }
}

/**
 * The made-up organisation of the pages: a repository for each answer that a comparison can give. What is known of each is the
 * option that leads to it.
 */
export const busyTeams: readonly Team[] = [
  // Clear: the same people take much less time.
  team(0, 'checkout', { changesPerWeek: 60, timeRatio: 0.45, revertRisk: 0.03, revertRatio: 2.2 }),
  // Signs: hardly anybody works both ways.
  team(1, 'search', {
    people: 24,
    timeRatio: 0.45,
    undeclaredShare: 0,
    readinessSpread: 30,
    personSpread: 0.1,
  }),
  // About the same.
  team(2, 'accounts', { timeRatio: 1, timeSpread: 0.4, personSpread: 0.05, roundsRatio: 1 }),
  // No clear difference.
  team(3, 'mobile-app', { seed: 207, timeRatio: 0.9, timeSpread: 1.3 }),
  // Mixed: the fast use it, and are slower with it.
  team(4, 'payments', {
    people: 60,
    typicalHours: 5,
    timeRatio: 1.3,
    timeSpread: 0.5,
    personSpread: 1.4,
    personCorrelation: -1,
    readinessSpread: 2,
  }),
]

/** A small one: too few to tell, hidden. */
export const quietTeams: readonly Team[] = [
  team(10, 'docs-site', {
    owner: 'example-small',
    changesPerWeek: 10,
    assistedShare: 0.25,
    timeSpread: 2.2,
  }),
  team(11, 'tools', { owner: 'example-small', people: 4, changesPerWeek: 8 }),
  team(12, 'scripts', { owner: 'example-small', people: 4, changesPerWeek: 8 }),
]
