import { renderOrganization } from '../rest/people.ts'
import { renderAccount } from '../rest/render-account.ts'
import { type Account, fullName, type Repository, sameName } from '../state.ts'
import { type Stage, tellOfAccount, tellOfRepository } from '../tell-apps.ts'

/** An organisation takes another name, and with it all its repositories. */
export async function renameOrganization(
  stage: Stage,
  account: Account,
  login: string,
): Promise<void> {
  const from = account.login
  for (const repository of stage.state.repositories) {
    if (repository.owner.id !== account.id) continue
    repository.formerNames.push(fullName(repository))
    repository.owner.login = login
  }
  for (const membership of stage.state.memberships) {
    if (sameName(membership.organization, from)) membership.organization = login
  }
  for (const installation of stage.state.installations) {
    if (installation.account.id === account.id) installation.account.login = login
  }
  account.login = login
  await tellOfAccount(stage, account, {
    event: 'organization',
    action: 'renamed',
    sender: account,
    more: {
      changes: { login: { from } },
      organization: renderOrganization(account, stage.urls.api),
    },
  })
}

export async function removeMember(
  stage: Stage,
  organization: Account,
  member: Account,
): Promise<void> {
  const { memberships } = stage.state
  const at = memberships.findIndex(
    (one) => sameName(one.organization, organization.login) && sameName(one.login, member.login),
  )
  if (at >= 0) memberships.splice(at, 1)
  const user = renderAccount(member, stage.urls)
  await tellOfAccount(stage, organization, {
    event: 'organization',
    action: 'member_removed',
    sender: organization,
    more: { membership: { state: 'inactive', role: 'unaffiliated', user } },
  })
}

export async function removeCollaborator(
  stage: Stage,
  repository: Repository,
  member: Account,
): Promise<void> {
  delete repository.collaborators[member.login]
  await tellOfRepository(stage, repository, {
    event: 'member',
    action: 'removed',
    sender: repository.owner,
    more: { member: renderAccount(member, stage.urls) },
  })
}

/** Somebody takes back what the App may do in their name. It is told to every App, and speaks of no installation. */
export async function revokeAuthorization(stage: Stage, user: Account): Promise<void> {
  const { userTokens } = stage.state
  stage.state.userTokens = userTokens.filter((one) => one.user.id !== user.id)
  const payload = { action: 'revoked', sender: renderAccount(user, stage.urls) }
  for (const app of stage.state.apps) {
    await stage.hooks.send({ app, event: 'github_app_authorization', payload })
  }
}
