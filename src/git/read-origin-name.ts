import { GitError } from './git-error.ts'
import { type GitLimits, type GitLocation, runGit } from './stream-git.ts'

/** `https://host/owner/name.git`, `git@host:owner/name`, `ssh://git@host:22/owner/name`: a host, then two parts. */
const address =
  /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?[^/:@]+(?::\d+)?\/|(?:[^/@]+@)?[^/:@]{2,}:(?!\/\/))([A-Za-z0-9_-]{1,39}\/[A-Za-z0-9._-]{1,100}?)(?:\.git)?\/?$/i

/** `owner/name` of the repository that a clone was made from; undefined where its remote `origin` has no such address. */
export async function readOriginName(
  location: GitLocation,
  limits: GitLimits = {},
): Promise<string | undefined> {
  try {
    const url = await runGit(location, ['config', '--get', 'remote.origin.url'], limits)
    return address.exec(url.trim())?.[1]
  } catch (error) {
    // git exits with 1 where the setting is missing.
    if (error instanceof GitError && error.reason === 'failed') return undefined
    throw error
  }
}
