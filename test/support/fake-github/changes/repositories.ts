import type { Installation } from '../app-state.ts'
import { type CommitInit, chain } from '../builders.ts'
import { renderAccount } from '../rest/render-account.ts'
import { type Account, fullName, type Repository } from '../state.ts'
import { installationsOf, type Stage, tellOfRepository } from '../tell-apps.ts'

/** Redirects lead from the old name to the new one, until another repository takes it. */
export async function renameRepository(
  stage: Stage,
  repository: Repository,
  name: string,
): Promise<void> {
  const from = repository.name
  repository.formerNames.push(fullName(repository))
  repository.name = name
  await tell(stage, repository, 'renamed', { changes: { repository: { name: { from } } } })
}

/** The App hears of it where it is installed on the new owner's account; the old owner's installation loses the repository. */
export async function transferRepository(
  stage: Stage,
  repository: Repository,
  to: Account,
): Promise<void> {
  const from = repository.owner
  repository.formerNames.push(fullName(repository))
  repository.owner = to
  const kind = from.type === 'Organization' ? 'organization' : 'user'
  const owner = { from: { [kind]: renderAccount(from, stage.urls) } }
  await tell(stage, repository, 'transferred', { changes: { owner } })
}

export async function archiveRepository(stage: Stage, repository: Repository): Promise<void> {
  repository.archived = true
  await tell(stage, repository, 'archived')
}

export async function unarchiveRepository(stage: Stage, repository: Repository): Promise<void> {
  repository.archived = false
  await tell(stage, repository, 'unarchived')
}

export async function setPrivate(
  stage: Stage,
  repository: Repository,
  isPrivate: boolean,
): Promise<void> {
  repository.private = isPrivate
  await tell(stage, repository, isPrivate ? 'privatized' : 'publicized')
}

export async function createRepository(stage: Stage, repository: Repository): Promise<void> {
  stage.state.repositories.push(repository)
  await tell(stage, repository, 'created')
}

export async function deleteRepository(stage: Stage, repository: Repository): Promise<void> {
  const { repositories } = stage.state
  const told = installationsOf(stage, repository)
  repositories.splice(repositories.indexOf(repository), 1)
  await tell(stage, repository, 'deleted', {}, told)
}

/** Somebody pushes straight to the default branch. */
export async function pushToDefaultBranch(
  stage: Stage,
  repository: Repository,
  inits: readonly CommitInit[],
  by: Account | null = null,
): Promise<void> {
  const ref = `refs/heads/${repository.defaultBranch}`
  const before = repository.refs[ref] ?? ''
  const commits = chain(before, inits)
  const after = commits.at(-1)?.sha ?? before
  repository.commits.push(...commits)
  repository.refs[ref] = after
  const listed = commits.map(({ sha, message, author, committer }) => ({
    id: sha,
    message,
    timestamp: committer.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
    distinct: true,
  }))
  await tellOfRepository(stage, repository, {
    event: 'push',
    sender: by,
    more: {
      ref,
      before,
      after,
      created: false,
      deleted: false,
      forced: false,
      commits: listed,
      head_commit: listed.at(-1) ?? null,
      pusher: { name: by?.login ?? 'ghost' },
    },
  })
}

async function tell(
  stage: Stage,
  repository: Repository,
  action: string,
  more: object = {},
  told: readonly Installation[] = installationsOf(stage, repository),
): Promise<void> {
  const sender = repository.owner
  await tellOfRepository(stage, repository, { event: 'repository', action, sender, more }, told)
}
