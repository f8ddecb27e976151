import type { Store } from '../../store/index.ts'
import type { AuditAction } from '../audit-actions.ts'

/**
 * The facts of an account, a JSON document a line, with no key of a person. The access log says first that it was begun, since what is
 * broken off has been read too, and then how much was read.
 */
export async function* exportFacts(
  store: Store,
  id: number,
  { actor, now }: { readonly actor: number; readonly now: () => number },
): AsyncGenerator<string> {
  const action: AuditAction = 'export-facts'
  const note = (outcome: string, rows?: number) =>
    store.tenant(id).write(null, ({ audit }) =>
      audit.add({
        ...{ at: now(), actor, action, subject: 'facts', outcome },
        ...(rows === undefined ? {} : { rows }),
      }),
    )
  await note('begun')
  let rows = 0
  let outcome = 'broken off'
  try {
    for await (const line of store.tenants.export(id)) {
      rows += 1
      yield line
    }
    outcome = 'sent'
  } finally {
    await note(outcome, rows)
  }
}
