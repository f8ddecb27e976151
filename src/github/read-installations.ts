import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import { type RepositoryFacts, RepositorySchema } from './read-repository.ts'

/** An account's installation of the App. */
export interface Installation {
  readonly id: number
  /** Its id is what stays: an account may be renamed, and install the App anew. */
  readonly account: {
    readonly id: number
    readonly login: string
    readonly kind: 'Organization' | 'User'
  }
  /** What an owner granted, by GitHub's names: `{ pull_requests: 'read' }`. */
  readonly permissions: Readonly<Record<string, string>>
  readonly repositories: 'all' | 'selected'
  /** ISO 8601; null: it is active. */
  readonly suspendedAt: string | null
}

/** The App itself. */
export interface AppFacts {
  readonly id: number
  /** Its account is `<slug>[bot]`. */
  readonly slug: string
  /** What it asks for; an installation may not have granted all of it yet. */
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

const perPage = 100

const PermissionsSchema = z.record(z.string(), z.string())

/** Of the App's own list and of a person's. */
export const InstallationSchema = z.object({
  id: z.number(),
  account: z.nullable(
    z.object({ id: z.number(), login: z.optional(z.string()), type: z.optional(z.string()) }),
  ),
  permissions: PermissionsSchema,
  repository_selection: z.catch(z.enum(['all', 'selected']), 'selected'),
  suspended_at: z.nullish(z.string()),
})

/** Undefined: it belongs to an enterprise, which has no repositories of its own. */
export function toInstallation(
  given: z.infer<typeof InstallationSchema>,
): Installation | undefined {
  const { id, account, permissions, repository_selection, suspended_at } = given
  if (account?.login === undefined) return undefined
  return {
    id,
    account: {
      id: account.id,
      login: account.login,
      kind: account.type === 'Organization' ? 'Organization' : 'User',
    },
    permissions,
    repositories: repository_selection,
    suspendedAt: suspended_at ?? null,
  }
}

/** The App behind a JSON Web Token. */
export async function readApp(appApi: GitHubApi): Promise<AppFacts> {
  return await appApi.read(
    'GET /app',
    {},
    z.object({
      id: z.number(),
      slug: z.string(),
      permissions: PermissionsSchema,
      events: z.array(z.string()),
    }),
  )
}

/** One installation, with the App's own token; `'gone'`: it was removed. */
export async function readInstallation(
  appApi: GitHubApi,
  id: number,
): Promise<Installation | 'gone'> {
  try {
    const given = await appApi.read(
      'GET /app/installations/{installation_id}',
      { installation_id: id },
      InstallationSchema,
    )
    return toInstallation(given) ?? 'gone'
  } catch (error) {
    if (error instanceof GitHubError && error.failure === 'not-found') return 'gone'
    throw error
  }
}

/** Every installation of the App, suspended ones too. One that is made or removed meanwhile may be missing: a hook tells of it. */
export async function* listInstallations(appApi: GitHubApi): AsyncGenerator<Installation> {
  for (let page = 1; ; page += 1) {
    const given = await appApi.read(
      'GET /app/installations',
      { per_page: perPage, page },
      z.array(InstallationSchema),
    )
    for (const one of given) {
      const installation = toInstallation(one)
      if (installation !== undefined) yield installation
    }
    if (given.length < perPage) return
  }
}

/**
 * Every repository that the installation reaches, with its token. None is given twice; one that is added or removed meanwhile
 * may be missing, and a hook tells of it.
 *
 * @throws GitHubError `suspended`, `uninstalled` or `blocked` where the installation gives no access
 */
export async function* listInstallationRepositories(
  api: GitHubApi,
): AsyncGenerator<RepositoryFacts> {
  const given = new Set<number>()
  for (let page = 1; ; page += 1) {
    const { repositories } = await api.read(
      'GET /installation/repositories',
      { per_page: perPage, page },
      z.object({ repositories: z.array(RepositorySchema) }),
    )
    for (const repository of repositories) {
      if (!given.has(repository.id)) yield repository
      given.add(repository.id)
    }
    if (repositories.length < perPage) return
  }
}
