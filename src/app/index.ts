import type { Probot } from 'probot'
import { changeOfCheckId, claimOf } from './check/check-run.ts'
import type { Press } from './check/hear-declaration.ts'
import { formatChangeSubject } from './jobs/change-subject.ts'
import { delivered, wantJob } from './jobs/collected-jobs.ts'
import { tuning } from './jobs/tuning.ts'

/**
 * The App as a Probot function. A delivery only says that something changed: a handler turns it into jobs, which read from
 * GitHub how things stand. So it makes no difference in which order deliveries come, how often, and which of them get lost.
 */
export function whatShipped(probot: Probot): void {
  onPullRequests(probot)
  onChecks(probot)
  onBranches(probot)
  onInstallations(probot)
  onPeople(probot)
}

function onPullRequests(probot: Probot): void {
  probot.on(
    [
      'pull_request',
      'pull_request_review',
      'pull_request_review_comment',
      'pull_request_review_thread',
    ],
    ({ payload: { pull_request: pullRequest, repository } }) =>
      wantJob({
        kind: 'read-change',
        subject: formatChangeSubject({
          repositoryId: repository.id,
          number: pullRequest.number,
        }),
        payload: JSON.stringify({ updatedAt: pullRequest.updated_at }),
        payloadAt: Date.parse(pullRequest.updated_at),
      }),
  )
}

/**
 * A head commit is all that GitHub names reliably: of a fork it lists no pull requests. The branch of a merge queue names the one
 * that it tries; of it the App hears by its check suite, while `merge_group` would take another permission.
 */
function onChecks(probot: Probot): void {
  const findChanges = (repositoryId: number, sha: string, payload?: string) =>
    wantJob({
      kind: 'find-changes',
      subject: `${repositoryId}/${sha}`,
      ...(payload === undefined ? {} : { payload }),
    })
  probot.on('check_suite.requested', ({ payload: { check_suite: suite, repository } }) => {
    if (!checkQueued(repository.id, suite.head_branch, suite.head_sha)) {
      findChanges(repository.id, suite.head_sha)
    }
  })
  probot.on('check_suite.rerequested', ({ payload: { check_suite: suite, repository } }) => {
    if (!checkQueued(repository.id, suite.head_branch, suite.head_sha, 'again')) {
      findChanges(repository.id, suite.head_sha, 'again')
    }
  })
  probot.on('check_run.rerequested', ({ payload: { check_run: run, repository } }) => {
    const change = changeOfCheckId(run.external_id ?? '')
    if (change?.repositoryId !== repository.id) return
    // On whatever commit it is: of an older one nobody waits for another answer, but for it to end.
    wantJob({
      kind: 'publish-check',
      subject: formatChangeSubject({ ...change, aside: run.head_sha }),
      payload: 'again',
    })
  })
  probot.on('check_run.requested_action', ({ payload }) => {
    const { check_run: run, repository, requested_action: requested, sender } = payload
    const change = changeOfCheckId(run.external_id ?? '')
    const claim = claimOf(requested?.identifier ?? '')
    if (change?.repositoryId !== repository.id || claim === undefined) return
    const { bodyHash, receivedAt } = delivered()
    const press: Press = {
      id: bodyHash,
      ...change,
      claim,
      userId: sender.id,
      login: sender.login,
      at: receivedAt,
    }
    wantJob({ kind: 'hear-declaration', subject: bodyHash, payload: JSON.stringify(press) })
  })
  probot.on('merge_group.checks_requested', ({ payload: { merge_group: group, repository } }) => {
    if (repository === undefined) return
    checkQueued(repository.id, group.head_ref.replace('refs/heads/', ''), group.head_sha)
  })
}

/**
 * Has the check written to the commit that a merge queue tries, `gh-readonly-queue/main/pr-7-<sha>`.
 *
 * @returns false where the branch is no queue's
 */
function checkQueued(
  repositoryId: number,
  branch: string | null,
  aside: string,
  payload?: string,
): boolean {
  const number = /^gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(branch ?? '')?.[1]
  if (number === undefined) return false
  wantJob({
    kind: 'publish-check',
    subject: formatChangeSubject({ repositoryId, number: Number(number), aside }),
    ...(payload === undefined ? {} : { payload }),
  })
  return true
}

/** Only an App that may read contents hears of pushes; those to pull requests come as such. */
function onBranches(probot: Probot): void {
  probot.on('push', ({ payload: { ref, repository } }) => {
    if (ref !== `refs/heads/${repository.default_branch}`) return
    wantJob({
      kind: 'reconcile-repository',
      subject: String(repository.id),
      after: tuning.branchAfter,
    })
  })
}

function onInstallations(probot: Probot): void {
  probot.on(
    ['installation', 'installation_repositories', 'installation_target'],
    ({ payload: { installation } }) => {
      if (installation !== undefined) syncInstallation(installation.id)
    },
  )
  probot.on('repository', ({ payload: { repository } }) =>
    wantJob({ kind: 'sync-repository', subject: String(repository.id) }),
  )
  probot.on(['organization.renamed', 'organization.deleted'], ({ payload: { installation } }) => {
    if (installation !== undefined) syncInstallation(installation.id)
  })
}

function syncInstallation(id: number): void {
  wantJob({ kind: 'sync-installation', subject: String(id), ofApp: true })
}

/** Who leaves, or takes the permission back, is signed out at once. */
function onPeople(probot: Probot): void {
  const signOut = (userId: number) =>
    wantJob({ kind: 'end-sessions', subject: String(userId), ofApp: true })
  probot.on('organization.member_removed', ({ payload: { membership } }) => {
    if (!membership.user) return
    signOut(membership.user.id)
    wantJob({ kind: 'end-tokens', subject: String(membership.user.id) })
  })
  probot.on('member.removed', ({ payload: { member } }) => {
    if (member) signOut(member.id)
  })
  probot.on('github_app_authorization.revoked', ({ payload: { sender } }) => signOut(sender.id))
}
