import type { Work } from '../../../src/app/jobs/job-context.ts'

/** A worker that dies at one of its calls to the store or to GitHub, as by SIGKILL: it never hears what came of it. */
export interface Victim {
  readonly work: Work
  /** Fulfilled when it is dead. */
  readonly died: Promise<void>
  /** How many calls it has made, those at which it may die. */
  readonly calls: () => number
}

/**
 * @param call at which it dies, from 1
 * @param when `before` the call is made, or `after` it was carried out
 */
export function victimOf(work: Work, call: number, when: 'before' | 'after'): Victim {
  const died = Promise.withResolvers<void>()
  const never = new Promise<never>(() => {})
  let count = 0
  let isDead = false

  const guard = async (carryOut: () => unknown): Promise<unknown> => {
    if (isDead) return never
    count += 1
    const dies = count === call
    if (dies && when === 'before') return die()
    const result = await carryOut()
    if (dies) return die()
    return isDead ? never : result
  }
  const die = (): Promise<never> => {
    isDead = true
    died.resolve()
    return never
  }
  /** All of the object's functions that give promises, of its parts too. */
  const guarded = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value === 'function') {
          if (name === 'tenant') {
            return (...args: unknown[]) => guarded(Object(Reflect.apply(value, target, args)))
          }
          if (name === 'installationApi' || name === 'appApi') {
            return (...args: unknown[]) =>
              guard(async () => guarded(Object(await Reflect.apply(value, target, args))))
          }
          return (...args: unknown[]) => guard(() => Reflect.apply(value, target, args))
        }
        return typeof value === 'object' && value !== null && name !== 'probot'
          ? guarded(value)
          : value
      },
    })
  return {
    work: {
      ...work,
      store: guarded(work.store),
      github: guarded(work.github),
      // The dead extend no lease.
      surroundings: {
        ...work.surroundings,
        sleep: (milliseconds, signal) =>
          signal === undefined ? work.surroundings.sleep(milliseconds) : never,
      },
    },
    died: died.promise,
    calls: () => count,
  }
}
