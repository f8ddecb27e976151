import type { PullRequestRecord, RecordedDeclaration } from '../../delivery/index.ts'
import type { Correction } from '../../store/index.ts'
import { saidCorrections } from './decide-declaration.ts'

/** The record with what people said with the buttons of its check, which no reading of GitHub tells. */
export function withDeclarations(
  record: PullRequestRecord,
  corrections: readonly Correction[],
): PullRequestRecord {
  if (corrections.length === 0) return record
  return { ...record, declarations: saidCorrections(corrections).map(toDeclaration) }
}

function toDeclaration({ claim, role, saidAt, undoneAt }: Correction): RecordedDeclaration {
  return {
    claim,
    by: role,
    at: new Date(saidAt).toISOString(),
    undoneAt: undoneAt === null ? null : new Date(undoneAt).toISOString(),
  }
}
