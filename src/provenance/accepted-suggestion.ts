import type { Commit } from './commit.ts'

/**
 * Subjects that GitHub's web page and its review bots give to a commit made by accepting a suggestion or by editing one
 * file in the browser (counted in public repositories, PROVENANCE 1.5).
 */
const subject =
  /^(?:Update \S|Apply suggestions? |Apply suggestions?$|Potential fix for |Commit suggestion|Apply [\w ]+ suggestions?)/

/** GitHub ends the subject of a squash merge with the pull request's number: "Update the parser (#12)". */
const squashMerge = /\(#\d+\)$/

/**
 * Whether a commit has the shape that GitHub gives to an accepted review suggestion: committed by GitHub's web flow
 * under one of its subjects. A bot that co-authors such a commit suggested it; the author took it, which is not AI
 * authorship.
 */
export function isAcceptedSuggestion(commit: Commit): boolean {
  const firstLine = (commit.message.split('\n', 1)[0] ?? '').trimEnd()
  return (
    commit.committer?.email.toLowerCase() === 'noreply@github.com' &&
    subject.test(firstLine) &&
    !squashMerge.test(firstLine)
  )
}
