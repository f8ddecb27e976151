import { findAccount } from './find-account.ts'
import type { Operation, OperationEnd } from './operation.ts'

/** Prints the facts of an account, a JSON document a line, with no key of a person. */
export async function exportAccount(
  operation: Operation,
  [text = '']: readonly string[],
): Promise<OperationEnd> {
  const { store, now, print } = operation
  const tenant = await findAccount(operation, text)
  if (tenant === undefined) return 1
  // First of all: what is broken off has been read as well.
  await store.tenant(tenant.id).write(null, ({ audit }) =>
    audit.add({
      at: now(),
      actor: null,
      action: 'export-facts',
      subject: `tenant ${tenant.id}`,
      outcome: 'by the operator',
    }),
  )
  for await (const line of store.tenants.export(tenant.id)) print(line)
  return 0
}
