import { createPseudonyms, type Recording } from '../../delivery/index.ts'
import type { Work } from './job-context.ts'

/** By which marks texts of a tenant are withheld, and under which key its people are hidden. */
export async function recordingOf(
  tenantId: number,
  { store, marks }: Pick<Work, 'store' | 'marks'>,
): Promise<Recording> {
  return { marks, pseudonyms: createPseudonyms(await store.tenant(tenantId).pseudonymKey()) }
}
