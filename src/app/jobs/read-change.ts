import * as z from 'zod'
import {
  GitHubError,
  type PullRequestReading,
  readPullRequestRecord,
  readRepository,
} from '../../github/index.ts'
import type { ClaimedJob, StoredRepository } from '../../store/index.ts'
import { type AccountSettings, readAccountSettings } from '../settings/account-settings.ts'
import { branchesToRead } from '../settings/tracked.ts'
import { parseChangeSubject } from './change-subject.ts'
import { fateJobs, updateJobs } from './follow-up-jobs.ts'
import type { JobContext } from './job-context.ts'
import { keepRecords } from './keep-records.ts'
import { recordingOf } from './recording-of.ts'
import { splitName } from './split-name.ts'
import { tuning } from './tuning.ts'

/** What a delivery told, and how often GitHub's copies were behind it since. */
const PayloadSchema = z.object({
  updatedAt: z.string().optional(),
  behind: z.int().nonnegative().default(0),
})
type Payload = z.infer<typeof PayloadSchema>

/**
 * Reads one pull request as it stands and puts it beside what is kept. Where GitHub's read copies lag behind its own delivery,
 * it is read again after 1, 5 and 30 seconds and 5 minutes; then what there is counts, and reconciling finds the rest.
 */
export async function readChange(job: ClaimedJob, context: JobContext): Promise<void> {
  const { repositoryId, number } = parseChangeSubject(job.subject)
  const tenant = context.store.tenant(job.tenantId)
  const { repository, settings } = await tenant.read(async (facts) => ({
    repository: await facts.repositories.get(repositoryId),
    settings: await readAccountSettings(facts),
  }))
  if (repository?.state !== 'active' || job.installationId === null) return
  const payload = PayloadSchema.parse(JSON.parse(job.payload ?? '{}'))
  const reading = await read(job, { repository, settings }, number, payload, context)
  const now = context.surroundings.now()
  const delay = tuning.lagDelays[payload.behind]
  // Nobody told of it lately: what is gone is gone.
  const mayLag = reading.outcome === 'behind' || payload.updatedAt !== undefined
  if (reading.outcome !== 'read' && mayLag && delay !== undefined) {
    context.next({
      tenantId: job.tenantId,
      kind: job.kind,
      subject: job.subject,
      due: now + delay,
      priority: 0,
      payload: JSON.stringify({ ...payload, behind: payload.behind + 1 }),
      // What was told meanwhile is later.
      ...(payload.updatedAt === undefined ? {} : { payloadAt: Date.parse(payload.updatedAt) }),
    })
  }
  if (reading.outcome === 'gone') {
    if (mayLag && delay !== undefined) return
    // Of a repository that is out of reach nothing can be said.
    const api = await context.github.installationApi(job.installationId, repositoryId)
    if ((await readRepository(api, repositoryId)) === 'gone') {
      throw new GitHubError('not-found', `repository ${repositoryId} cannot be read`)
    }
    await tenant.write(job, ({ records }) => records.remove(repositoryId, number, now))
    return
  }
  const { labels } = await tenant.write(job, async (facts) => {
    await keepRecords(facts, [reading.record], { marks: context.marks, now })
    return readAccountSettings(facts)
  })
  const followUp = { tenantId: job.tenantId, repositoryId, now, labels }
  for (const update of updateJobs(reading.record, followUp, 0)) context.next(update)
  for (const look of fateJobs(reading.record, followUp)) context.next(look)
}

async function read(
  { tenantId, installationId }: ClaimedJob,
  {
    repository,
    settings,
  }: { readonly repository: StoredRepository; readonly settings: AccountSettings },
  number: number,
  { updatedAt }: Payload,
  context: JobContext,
): Promise<PullRequestReading> {
  const api = await context.github.installationApi(installationId ?? 0, repository.id)
  return readPullRequestRecord(api, { ...splitName(repository.name), id: repository.id }, number, {
    recording: await recordingOf(tenantId, context),
    readAt: () => new Date(context.surroundings.now()).toISOString(),
    ...branchesToRead(settings, repository),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  })
}
