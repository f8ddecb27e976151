import * as z from 'zod/mini'
import type { Viewer } from './actor-node.ts'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'

/** What a reading of a whole repository starts from. */
export interface RepositorySettings {
  /** GitHub's number for it, which it keeps under every name; null where GitHub does not tell. */
  readonly id: number | null
  /** Null: nothing was ever committed. */
  readonly defaultBranch: string | null
  /** Text of the configuration file on the default branch; absent where there is none, or it may not be read. */
  readonly configuration?: string
  /** Whether the token may read contents. */
  readonly contents: boolean
  /** The account behind the token. */
  readonly viewer: Viewer
}

/** `object` needs `contents: read`: without it GitHub answers null for it and says FORBIDDEN. */
export const repositorySettingsQuery = `
query RepositorySettings($owner: String!, $name: String!, $configuration: String!) {
  viewer { login databaseId }
  repository(owner: $owner, name: $name) {
    databaseId
    defaultBranchRef { name }
    configuration: object(expression: $configuration) { ... on Blob { text } }
  }
}`

const SettingsReplySchema = z.object({
  viewer: z.object({ login: z.string(), databaseId: z.nullish(z.number()) }),
  repository: z.nullable(
    z.object({
      databaseId: z.nullish(z.number()),
      defaultBranchRef: z.nullish(z.object({ name: z.string() })),
      configuration: z.nullish(z.object({ text: z.nullish(z.string()) })),
    }),
  ),
})

/** @throws GitHubError where the repository is not there, or GitHub does not answer */
export async function readRepositorySettings(
  api: GitHubApi,
  { owner, name }: { readonly owner: string; readonly name: string },
  configurationPath: string,
): Promise<RepositorySettings> {
  const configuration = `HEAD:${configurationPath}`
  const { data, forbidden } = await api.query(
    repositorySettingsQuery,
    { owner, name, configuration },
    SettingsReplySchema,
  )
  if (data.repository === null) {
    throw new GitHubError('not-found', `there is no repository ${owner}/${name}`)
  }
  const text = data.repository.configuration?.text
  return {
    id: data.repository.databaseId ?? null,
    defaultBranch: data.repository.defaultBranchRef?.name ?? null,
    contents: forbidden.length === 0,
    viewer: data.viewer,
    ...(typeof text === 'string' ? { configuration: text } : {}),
  }
}
