import { createHash } from 'node:crypto'
import about from '../../package.json' with { type: 'json' }
import {
  type GitHubApi,
  isTrackedBranch,
  type RepositorySettings,
  readRepositorySettings,
} from '../github/index.ts'
import {
  type Configuration,
  indexRegistry,
  type KnownMarks,
  shippedRegistry,
} from '../provenance/index.ts'
import { logNotice, logWarning } from './job-log.ts'
import { useConfiguration } from './use-configuration.ts'

/** What decides how a repository is read, beside the key. */
export interface ReportSettings {
  /** GitHub's number for the repository, which it keeps when it is renamed, and which another one of its name has not. */
  readonly repositoryId: string
  /** Whether the token may read contents. */
  readonly contents: boolean
  readonly marks: KnownMarks
  /** Undefined: the default branch. */
  readonly trackedBranches: readonly string[] | undefined
  /** Whether commits without a pull request are read: from the default branch alone, so that they count where it does. */
  readonly branchCommits: boolean
  /** Digest of all by which records of the repository could differ from those that another run reads under the same key. */
  readonly fit: string
}

/**
 * Reads the settings of a report, and tells the user what of them could not be read.
 *
 * @param configurationPath where the repository's configuration file is
 * @throws GitHubError where the repository is not there, or GitHub does not answer
 */
export async function readReportSettings(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  configurationPath: string,
): Promise<ReportSettings> {
  const settings = await readRepositorySettings(api, repository, configurationPath)
  const { id, contents, defaultBranch } = settings
  if (!contents) {
    logNotice(
      'The configuration file, and reverts that were pushed without a pull request, were not read, and each pull request takes a call of its own: give the job `contents: read`.',
    )
  }
  const configuration = await useConfiguration(
    settings.configuration,
    configurationPath,
    logWarning,
  )
  const marks = indexRegistry(shippedRegistry(), configuration)
  const trackedBranches = branchesOf(configuration)
  return {
    repositoryId: String(id ?? `${repository.owner}/${repository.name}`.toLowerCase()),
    contents,
    marks,
    trackedBranches,
    branchCommits:
      trackedBranches === undefined ||
      defaultBranch === null ||
      isTrackedBranch(defaultBranch, trackedBranches),
    fit: fitOf(settings, marks, trackedBranches),
  }
}

function branchesOf(configuration: Configuration | undefined): readonly string[] | undefined {
  return configuration === undefined || configuration.branches.length === 0
    ? undefined
    : configuration.branches
}

function fitOf(
  { configuration, contents, defaultBranch, viewer }: RepositorySettings,
  marks: KnownMarks,
  trackedBranches: readonly string[] | undefined,
): string {
  const parts = [
    about.version,
    marks.version,
    configuration ?? null,
    contents,
    defaultBranch,
    trackedBranches ?? null,
    // Whose labels are ours.
    viewer.databaseId ?? viewer.login,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
