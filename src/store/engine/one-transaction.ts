import { AsyncLocalStorage } from 'node:async_hooks'
import { StoreError } from '../store-error.ts'

const running = new AsyncLocalStorage<true>()

/**
 * Runs what opens a transaction.
 *
 * @throws StoreError inside another one, which would wait for ever for the connection that the outer one holds
 */
export async function oneTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (running.getStore() === true) {
    throw new StoreError(
      'a transaction was begun inside another one: use what the outer one was given, or end it first',
    )
  }
  return await running.run(true, work)
}
