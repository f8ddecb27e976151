import { sizeBand, sizeBands } from '../../src/delivery/index.ts'
import { createRandom, type Random, runningSums } from '../../src/delivery/synthetic/random.ts'

/** How log hours scatter around what is typical of a person's changes. */
export type Shape = 'lognormal' | 'weibull' | 'heavy' | 'bimodal'

/** A made-up organisation in which the truth is known. */
export interface World {
  /** Changes in 13 weeks, both cohorts together. */
  readonly changes: number
  readonly people: number
  readonly repositories: number
  readonly assistedShare: number
  readonly shape: Shape
  /** Standard deviation of log hours among one person's changes. */
  readonly spread: number
  /** Standard deviation of typical log hours among people. */
  readonly personSpread: number
  /** The same among repositories. */
  readonly repositorySpread: number
  /** Standard deviation, among people, of the difference that AI makes to their log hours. */
  readonly effectSpread: number
  /** Standard deviation of the logarithm of how much people do. */
  readonly activitySpread: number
  /** Standard deviation among people of their log odds of using AI. */
  readonly readinessSpread: number
  /** Correlation of people's log hours with that readiness. */
  readonly correlation: number
  /** Exponent with which time grows with size. */
  readonly sizeExponent: number
  /** Added to the log lines of what is made with AI. */
  readonly assistedLargeness: number
  /** AI is used twice as much at the end as at the start, and everything takes a fifth longer by then. */
  readonly ramp: boolean
  /** Share of the cohort with no AI recorded that was made with AI. */
  readonly undeclared: number
  /** True ratio of times, of rounds, and of risks. */
  readonly timeRatio: number
  readonly roundsRatio: number
  readonly revertRatio: number
  /** Share of changes without AI that are reverted. */
  readonly revertRisk: number
}

/** The scatter was raised from 1.5 after a first run (docs/method.md, "How much this agreement is worth"). */
export const ordinaryWorld: World = {
  changes: 600,
  people: 40,
  repositories: 4,
  assistedShare: 0.4,
  shape: 'lognormal',
  spread: 1.65,
  personSpread: 0.5,
  repositorySpread: 0.4,
  effectSpread: 0.25,
  activitySpread: 0.7,
  readinessSpread: 1.3,
  correlation: 0,
  sizeExponent: 0.25,
  assistedLargeness: 0,
  ramp: false,
  undeclared: 0,
  timeRatio: 0.75,
  roundsRatio: 1.2,
  revertRatio: 1.5,
  revertRisk: 0.02,
}

/** Changes of a world, as columns. */
export interface Drawn {
  /** Weeks since the first, as a fraction. */
  readonly week: Float64Array
  readonly repository: Int32Array
  readonly person: Int32Array
  readonly band: Uint8Array
  /** 1: AI is recorded. */
  readonly assisted: Uint8Array
  readonly logHours: Float64Array
  readonly rounds: Float64Array
  readonly reverted: Float64Array
}

export const weeksInWindow = 13
export const typicalLogHours = Math.log(12)
const typicalLogLines = Math.log(60)
const typicalRounds = 1.3

/** Draws what happens in a world in so many weeks. */
export function drawWorld(world: World, weeks: number, random: Random): Drawn {
  const count = Math.round((world.changes * weeks) / weeksInWindow)
  const people = Array.from({ length: world.people }, () => drawPerson(world, random))
  const activity = runningSums(people.map((person) => person.activity))
  const slowRepositories = Array.from(
    { length: world.repositories },
    () => world.repositorySpread * random.normal(),
  )
  const drawn: Drawn = {
    week: new Float64Array(count),
    repository: new Int32Array(count),
    person: new Int32Array(count),
    band: new Uint8Array(count),
    assisted: new Uint8Array(count),
    logHours: new Float64Array(count),
    rounds: new Float64Array(count),
    reverted: new Float64Array(count),
  }
  for (let i = 0; i < count; i += 1) {
    const number = random.weighted(activity)
    const person = people[number]
    if (person === undefined) continue
    const week = random.between(0, weeks)
    const progress = week / weeks
    const share = world.assistedShare * (world.ramp ? (2 / 3) * (1 + progress) : 1)
    const odds = Math.log(share / (1 - share)) + person.readiness
    const recorded = random.chance(1 / (1 + Math.exp(-odds)))
    const withAi = recorded || random.chance(world.undeclared)
    const logLines =
      typicalLogLines + (withAi ? world.assistedLargeness : 0) + 1.4 * random.normal()
    const bySize = world.sizeExponent * (logLines - typicalLogLines)
    const repository = random.chance(0.8) ? person.repository : random.below(world.repositories)
    const slow = bySize + person.slowness + (slowRepositories[repository] ?? 0)
    const trend = world.ramp ? 0.18 * progress : 0
    drawn.week[i] = week
    drawn.repository[i] = repository
    drawn.person[i] = number
    drawn.band[i] = sizeBands.indexOf(sizeBand(Math.max(1, Math.round(Math.exp(logLines)))))
    drawn.assisted[i] = recorded ? 1 : 0
    drawn.logHours[i] =
      typicalLogHours +
      slow +
      trend +
      (withAi ? Math.log(world.timeRatio) + person.effect : 0) +
      world.spread * noise(world.shape, random)
    const mean =
      typicalRounds *
      Math.exp(0.5 * slow + 0.5 * random.normal()) *
      (withAi ? world.roundsRatio * Math.exp(person.effect / 2) : 1)
    drawn.rounds[i] = random.poisson(mean)
    const risk = world.revertRisk * person.riskiness * (withAi ? world.revertRatio : 1)
    drawn.reverted[i] = random.chance(risk) ? 1 : 0
  }
  return drawn
}

function drawPerson(world: World, random: Random) {
  const speed = random.normal()
  const { correlation } = world
  const readiness = correlation * speed + Math.sqrt(1 - correlation ** 2) * random.normal()
  return {
    slowness: world.personSpread * speed,
    readiness: world.readinessSpread * readiness,
    effect: world.effectSpread * random.normal(),
    activity: Math.exp(world.activitySpread * random.normal()),
    /** With mean 1. */
    riskiness: Math.exp(0.5 * random.normal() - 0.125),
    repository: random.below(world.repositories),
  }
}

/** With mean 0 and standard deviation 1. */
function noise(shape: Shape, random: Random): number {
  switch (shape) {
    case 'lognormal':
      return random.normal()
    case 'weibull':
      // The logarithm of a Weibull time; Euler's constant is minus its mean.
      return (Math.log(-Math.log(1 - random.next())) + 0.5772156649) / (Math.PI / Math.sqrt(6))
    case 'heavy': {
      // Student's t with 4 degrees of freedom, whose variance is 2.
      const chi = -2 * (Math.log(1 - random.next()) + Math.log(1 - random.next()))
      return random.normal() / Math.sqrt(chi / 4) / Math.SQRT2
    }
    case 'bimodal':
      // A third goes in at once, the rest takes its time; sd² = 0.36 + 0.64.
      return (random.chance(1 / 3) ? -1.1314 : 0.5657) + 0.6 * random.normal()
  }
}

/** The random numbers of one run, which hang neither on the other runs nor on the order of settings. */
export function randomOfRun(seed: number, name: string, run: number): Random {
  const letters = Array.from(name, (letter) => letter.codePointAt(0) ?? 0)
  return createRandom(seed, ...letters, run)
}
