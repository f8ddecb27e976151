import { StoreUnavailableError } from '../store-error.ts'

/** Milliseconds: GitHub waits for ten seconds, and is better told early that it did not work. */
const patience = 2_000

/**
 * What is worked at, if it comes in time. What comes later is not undone.
 *
 * @throws StoreUnavailableError after two seconds
 */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new StoreUnavailableError(
          'the database did not answer within two seconds: see that it runs and is not overloaded',
        ),
      )
    }, patience)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
