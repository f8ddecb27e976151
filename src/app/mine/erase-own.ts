import type { Store } from '../../store/index.ts'
import type { FoundAccount } from './own-accounts.ts'

/**
 * Takes a person out of some accounts, for good, and ends all their sessions.
 *
 * @param now milliseconds since the epoch
 * @returns how many changes of theirs there were
 */
export async function eraseOwn(
  store: Store,
  accounts: readonly Pick<FoundAccount, 'id' | 'key'>[],
  userId: number,
  now: number,
): Promise<number> {
  let changes = 0
  for (const { id, key } of accounts) {
    changes += await store.tenant(id).write(null, async ({ people, audit }) => {
      const count = await people.forget(key)
      // That somebody did it is everybody's to know; who and of how much would tell whose rows lost their person.
      const about = { action: 'erase-mine', subject: 'somebody’s own data', outcome: 'erased' }
      await audit.add({ at: now, actor: null, ...about })
      return count
    })
  }
  await store.sessions.deleteOf(userId)
  return changes
}
