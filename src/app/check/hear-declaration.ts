import * as z from 'zod'
import { createPseudonyms, type PullRequestRecord } from '../../delivery/index.ts'
import { readCollaboratorPermission } from '../../github/index.ts'
import type { ClaimedJob, NewCorrection } from '../../store/index.ts'
import { formatChangeSubject } from '../jobs/change-subject.ts'
import type { JobContext } from '../jobs/job-context.ts'
import { decideDeclaration, isCorrectable } from './decide-declaration.ts'

/** What a press of a button leaves for its job. The login is there to ask GitHub with, and goes with the job. */
export const PressSchema = z.object({
  /** The delivery that told it. */
  id: z.string(),
  repositoryId: z.int(),
  number: z.int(),
  claim: z.enum(['assisted', 'agent-authored', 'unassisted']),
  userId: z.int(),
  login: z.string(),
  /** When it was told, milliseconds since the epoch. */
  at: z.int(),
})
export type Press = z.infer<typeof PressSchema>

const mayWrite = ['admin', 'maintain', 'write']

/**
 * Keeps what the author of a pull request, or somebody who may write to its repository, said of it by a button, up to a week
 * after the merge. Who may not is not heard, and nothing is kept of it.
 */
export async function hearDeclaration(job: ClaimedJob, context: JobContext): Promise<void> {
  const press = PressSchema.parse(JSON.parse(job.payload ?? '{}'))
  const { repositoryId, number } = press
  const tenant = context.store.tenant(job.tenantId)
  const { repository, record } = await tenant.read(async (facts) => ({
    repository: await facts.repositories.get(repositoryId),
    record: await facts.records.get(repositoryId, number),
  }))
  if (repository === undefined || repository.state === 'removed' || record === undefined) return
  const mergedAt = record.merge === null ? null : Date.parse(record.merge.at)
  const by = createPseudonyms(await tenant.pseudonymKey()).person(press.userId)
  const role = await roleOf(press, { by, record, name: repository.name }, job, context)
  const heard = role !== undefined && isCorrectable(mergedAt, press.at)
  context.log.info('declaration', {
    repository: repositoryId,
    number,
    outcome: heard ? 'kept' : role === undefined ? 'not-allowed' : 'too-late',
  })
  if (!heard) return
  await tenant.write(job, async (facts) => {
    const corrections = await facts.corrections.of(repositoryId, number)
    const { id, claim, at } = press
    const decision = decideDeclaration(corrections, { id, claim, by, at })
    if (decision === undefined) return
    await facts.corrections.add({ id, repositoryId, number, claim, by, role, saidAt: at })
    for (const earlier of decision.undo) await facts.corrections.undo(earlier, at)
    if (!decision.stands) await facts.corrections.undo(id, at)
  })
  const subject = formatChangeSubject({ repositoryId, number })
  const soon = { tenantId: job.tenantId, subject, due: context.surroundings.now() }
  context.next({ ...soon, kind: 'publish-check', priority: 0 })
  // The record and what is derived from it are brought up to date where they always are.
  context.next({ ...soon, kind: 'read-change', priority: 1 })
}

async function roleOf(
  { login, userId, repositoryId }: Press,
  of: { readonly by: string; readonly record: PullRequestRecord; readonly name: string },
  { installationId }: ClaimedJob,
  { github, signal }: JobContext,
): Promise<NewCorrection['role'] | undefined> {
  const { author } = of.record
  if (author?.kind === 'person' && author.person === of.by) return 'author'
  if (installationId === null) return undefined
  signal.throwIfAborted()
  const [owner = '', name = ''] = of.name.split('/')
  const api = await github.installationApi(installationId, repositoryId)
  const level = await readCollaboratorPermission(api, { owner, name }, login, userId)
  return mayWrite.includes(level) ? 'writer' : undefined
}
