import type { Commit } from './commit.ts'

/**
 * Subjects that GitHub's web page and its review bots give to a commit made by accepting a suggestion or by editing one
 * file in the browser (counted in public repositories, PROVENANCE 1.5).
 */
const onGitHub =
  /^(?:Update \S|Apply suggestions? |Apply suggestions?$|Potential fix for |Commit suggestion|Apply [\w ]+ suggestions?)/

/** Those that nobody writes by hand: a rebase keeps them, and puts a person in GitHub's place as the committer. */
const anywhere = /^(?:Update \S*[./]\S*$|Apply suggestions? from |Potential fix for )/

/** GitHub ends the subject of a squash merge with the pull request's number: "Update the parser (#12)". */
const squashMerge = /\(#\d+\)$/

/**
 * Whether a commit has the shape that GitHub gives to an accepted review suggestion. A bot that co-authors such a commit
 * suggested it; the author took it, which is not AI authorship.
 */
export function isAcceptedSuggestion(commit: Commit): boolean {
  const shape = subjectShape(commit.message)
  const byGitHub = commit.committer?.email.toLowerCase() === 'noreply@github.com'
  return shape === 'anywhere' || (byGitHub && shape === 'on GitHub')
}

/** By whom a message with this subject must be committed to be an accepted suggestion; undefined: by nobody. */
export function subjectShape(message: string): 'anywhere' | 'on GitHub' | undefined {
  const subject = (message.split('\n', 1)[0] ?? '').trimEnd()
  if (squashMerge.test(subject)) return undefined
  if (anywhere.test(subject)) return 'anywhere'
  return onGitHub.test(subject) ? 'on GitHub' : undefined
}
