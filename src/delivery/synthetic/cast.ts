import type { SyntheticOptions } from './options.ts'
import { createRandom, type Random, runningSums } from './random.ts'

/** A made-up person. */
export interface Person {
  readonly key: string
  /** How much they do, as a weight. */
  readonly activity: number
  /** Added to the log hours of their changes. */
  readonly slowness: number
  /** Added to the log lines of their changes. */
  readonly largeness: number
  /** Added to the log odds that they use AI. */
  readonly readiness: number
  /** Where most of their work is, and where some of it is. */
  readonly repositories: readonly [main: number, other: number]
  /** Which tool they use, as a number from 0 on, below 1. */
  readonly taste: number
}

/** A made-up repository. */
export interface Repository {
  readonly id: number
  readonly name: string
  /** How much of the work is there, as a weight. */
  readonly weight: number
  readonly slowness: number
  readonly mergeMethod: 'squash' | 'merge' | 'rebase'
  /** Whether a bot reviews most changes. */
  readonly botReviews: boolean
  readonly people: readonly number[]
}

export interface Cast {
  readonly people: readonly Person[]
  readonly repositories: readonly Repository[]
}

const methods = ['squash', 'squash', 'merge', 'rebase'] as const

/** The people and repositories of an organisation: few do much, and the last repository is small. */
export function castOf(options: SyntheticOptions): Cast {
  const random = createRandom(options.seed, 1)
  const weights = Array.from({ length: options.repositories }, (_, index) => {
    const small = index > 0 && index === options.repositories - 1
    return small ? 0.05 : 1 / (index + 1) ** 0.8
  })
  const sums = runningSums(weights)
  const people = Array.from({ length: options.people }, () => castPerson(options, sums, random))
  return {
    people,
    repositories: weights.map((weight, index) => ({
      id: 700_000_000 + options.firstRepository + index,
      name: `${options.owner}/${options.names[index] ?? `service-${index + 1}`}`,
      weight,
      slowness: 0.3 * random.normal(),
      mergeMethod: methods[index % methods.length] ?? 'squash',
      botReviews: index % 3 === 0,
      people: people.flatMap(({ repositories }, number) =>
        repositories.includes(index) ? [number] : [],
      ),
    })),
  }
}

function castPerson(options: SyntheticOptions, sums: readonly number[], random: Random): Person {
  const { personCorrelation: correlation, personSpread, readinessSpread } = options
  const speed = random.normal()
  const readiness = correlation * speed + Math.sqrt(1 - correlation ** 2) * random.normal()
  return {
    key: random.hex(32),
    activity: Math.exp(0.7 * random.normal()),
    slowness: personSpread * speed,
    largeness: 0.3 * random.normal(),
    readiness: readinessSpread * readiness,
    repositories: [random.weighted(sums), random.weighted(sums)],
    taste: random.next(),
  }
}

/** @throws RangeError where nobody has that number */
export function personOf({ people }: Cast, number: number): Person {
  const person = people[number]
  if (person === undefined) throw new RangeError(`there is no person ${number}`)
  return person
}

/** @throws RangeError where none has that number */
export function repositoryOf({ repositories }: Cast, number: number): Repository {
  const repository = repositories[number]
  if (repository === undefined) throw new RangeError(`there is no repository ${number}`)
  return repository
}
