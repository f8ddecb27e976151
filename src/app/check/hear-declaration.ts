import * as z from 'zod'
import { createPseudonyms, type PullRequestRecord } from '../../delivery/index.ts'
import { readCollaboratorPermission } from '../../github/index.ts'
import type { ClaimedJob, NewCorrection } from '../../store/index.ts'
import { formatChangeSubject } from '../jobs/change-subject.ts'
import type { JobContext } from '../jobs/job-context.ts'
import { splitName } from '../jobs/split-name.ts'
import { decideDeclarations, isCorrectable } from './decide-declaration.ts'

/** What a press of a button leaves for its job. The login is there to ask GitHub with, and goes with the job. */
export const PressSchema = z.object({
  /** Hash of the body that told it, which is what GitHub signs: the same body under another delivery's name is the same press. */
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
 * after the merge. Who may not is not heard, and nothing is kept of it. Of a dead letter what it
 * was to do is withheld after a week, since it names a person: tried again then, it has nothing to do.
 */
export async function hearDeclaration(job: ClaimedJob, context: JobContext): Promise<void> {
  if (job.payload === null) {
    context.log.warn('declaration', { tenant: job.tenantId, outcome: 'withheld' })
    return
  }
  const press = PressSchema.parse(JSON.parse(job.payload))
  const { repositoryId, number } = press
  const tenant = context.store.tenant(job.tenantId)
  const { repository, record } = await tenant.read(async (facts) => ({
    repository: await facts.repositories.get(repositoryId),
    record: await facts.records.get(repositoryId, number),
  }))
  if (repository?.state !== 'active' || record === undefined) return
  const mergedAt = record.merge === null ? null : Date.parse(record.merge.at)
  const person = createPseudonyms(await tenant.pseudonymKey()).person(press.userId)
  const role = await roleOf(press, { by: person, record, name: repository.name }, job, context)
  const heard = role !== undefined && isCorrectable(mergedAt, press.at)
  context.log.info('declaration', {
    repository: repositoryId,
    number,
    outcome: heard ? 'kept' : role === undefined ? 'not-allowed' : 'too-late',
  })
  if (!heard) return
  await tenant.write(job, async ({ corrections, people }, enqueue) => {
    const by = await people.keptKey(person)
    const { id, claim, at } = press
    await corrections.add({ id, repositoryId, number, claim, by, role, saidAt: at })
    for (const decided of decideDeclarations(await corrections.of(repositoryId, number))) {
      await corrections.undo(decided.id, decided.undoneAt)
    }
    const subject = formatChangeSubject({ repositoryId, number })
    const soon = { tenantId: job.tenantId, subject, due: context.surroundings.now() }
    enqueue([
      { ...soon, kind: 'publish-check', priority: 0 },
      // The record and what is derived from it are brought up to date where they always are.
      { ...soon, kind: 'read-change', priority: 1 },
    ])
  })
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
  const api = await github.installationApi(installationId, repositoryId)
  const level = await readCollaboratorPermission(api, splitName(of.name), login, userId)
  return mayWrite.includes(level) ? 'writer' : undefined
}
