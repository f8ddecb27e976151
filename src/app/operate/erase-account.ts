import { SYSTEM_TENANT } from '../../store/index.ts'
import { findAccount } from './find-account.ts'
import type { Operation, OperationEnd } from './operation.ts'

/** Erases all that is kept of an account, its key first, where that was confirmed. */
export async function eraseAccount(
  operation: Operation,
  [text = '', confirmation]: readonly string[],
): Promise<OperationEnd> {
  const { store, now, say } = operation
  const tenant = await findAccount(operation, text)
  if (tenant === undefined) return 1
  const { id, login, state } = tenant
  if (state !== 'removed') {
    say(
      `The App is still installed on ${login}, and will read it anew: first remove it there on GitHub.`,
    )
  }
  if (confirmation !== '--yes') {
    const count = await store.tenant(id).read(({ records }) => records.count())
    say(
      `All that is kept of ${login} would be erased for good: ${count.toLocaleString('en')} records, people's corrections, ` +
        'settings, snapshots and the access log.',
    )
    say(`To do it: npm start -- --erase ${id} --yes`)
    return 1
  }
  // What the store itself adds stands under nobody's name either.
  await store.tenant(SYSTEM_TENANT).write(null, ({ audit }) =>
    audit.add({
      at: now(),
      actor: null,
      action: 'erase',
      subject: `tenant ${id}`,
      outcome: 'asked for by the operator',
    }),
  )
  await store.tenants.erase(id, null)
  say(`All that was kept of ${login} is erased.`)
  return 0
}
