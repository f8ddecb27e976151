import { deriveChange, type PullRequestRecord } from '../../delivery/index.ts'
import { GitHubError, keepCheck } from '../../github/index.ts'
import { type CheckContents, loadReports } from '../../report/index.ts'
import type { ClaimedJob, Facts, StoredRepository } from '../../store/index.ts'
import { parseChangeSubject } from '../jobs/change-subject.ts'
import type { JobContext } from '../jobs/job-context.ts'
import { splitName } from '../jobs/split-name.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { CHECK_NAME, checkIdOf, declarationActions } from './check-run.ts'
import { gatherCheck } from './gather-check.ts'
import { withDeclarations } from './with-declarations.ts'

/** A change, and what its check is to say. */
interface Wanted {
  readonly repository: StoredRepository
  readonly headSha: string
  readonly contents: CheckContents
  readonly known?: { readonly id: number; readonly headSha: string; readonly digest: string }
}

const commit = /^[0-9a-f]{40,64}$/

/**
 * Brings the check of a pull request up to date with the facts: found or made under its own id, so that doing it twice, or
 * after a kill between GitHub's write and ours, makes no second one. Nothing is written where nothing would change.
 *
 * Of a job about another commit, the check goes there: a merge queue waits for the checks that a branch requires on the one that it
 * tries, and whoever asks for a check to be run again may do so on an earlier head.
 */
export async function publishCheck(job: ClaimedJob, context: JobContext): Promise<void> {
  const { repositoryId, number, aside } = parseChangeSubject(job.subject)
  const tenant = context.store.tenant(job.tenantId)
  const wanted = await tenant.read((facts) => gather(facts, repositoryId, number, context))
  if (wanted === undefined || job.installationId === null) return
  const { renderCheck } = await loadReports()
  const { repository, contents, known } = wanted
  const headSha = aside !== undefined && commit.test(aside) ? aside : wanted.headSha
  const api = await context.github.installationApi(job.installationId, repositoryId)
  context.signal.throwIfAborted()
  const written = await keepCheck(
    api,
    { ...splitName(repository.name), id: repositoryId },
    {
      name: CHECK_NAME,
      headSha,
      externalId: checkIdOf(repositoryId, number),
      appId: context.github.appId,
      completedAt: context.surroundings.now(),
      ...renderCheck(contents),
      actions: contents.open ? declarationActions : [],
      // Somebody asked GitHub to run it again, and waits for it to end.
      ...(known === undefined || job.payload === 'again' ? {} : { known }),
    },
  ).catch(orIsLost)
  if (written === 'lost') {
    context.log.info('check-not-written', { repository: repositoryId, number, reason: 'refused' })
    return
  }
  if (headSha !== wanted.headSha) return
  await tenant.write(job, (facts) =>
    facts.checks.put({
      repositoryId,
      number,
      headSha,
      checkRunId: written.id,
      digest: written.digest,
    }),
  )
}

/** The commit is gone, or the repository is archived: the same again would be refused again. */
function orIsLost(error: unknown): 'lost' {
  if (error instanceof GitHubError && error.failure === 'refused') return 'lost'
  throw error
}

async function gather(
  facts: Facts,
  repositoryId: number,
  number: number,
  context: JobContext,
): Promise<Wanted | undefined> {
  const repository = await facts.repositories.get(repositoryId)
  const kept = await facts.records.get(repositoryId, number)
  const headSha = kept?.head.sha
  if (repository === undefined || kept === undefined || headSha == null) return undefined
  if (repository.state !== 'active' || repository.archived) return undefined
  const corrections = await facts.corrections.of(repositoryId, number)
  const record: PullRequestRecord = withDeclarations(kept, corrections)
  const now = context.surroundings.now()
  const { marks } = context
  const change = deriveChange(record, {
    marks,
    reverts: await facts.reverts.of(repositoryId, number),
    revertRole: null,
    asOf: new Date(now).toISOString(),
  })
  const { organisationInPublicChecks } = await readAccountSettings(facts)
  const published = await facts.checks.get(repositoryId, number)
  return {
    repository,
    headSha,
    contents: await gatherCheck(
      facts,
      { repository, record, change, corrections },
      {
        marks,
        now,
        webUrl: context.github.webUrl,
        showsOrganisation: repository.visibility === 'private' || organisationInPublicChecks,
      },
    ),
    ...(published === undefined
      ? {}
      : {
          known: {
            id: published.checkRunId,
            headSha: published.headSha,
            digest: published.digest,
          },
        }),
  }
}
