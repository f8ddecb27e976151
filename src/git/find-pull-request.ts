/** What the message of a commit on the branch says of the pull request that it came with. */
export interface NamedPullRequest {
  readonly number: number
  readonly title: string
  /** A bot or a person put it on the branch, not the merge button. */
  readonly byHand: boolean
  /** Owner of the repository that the head branch is in. */
  readonly headOwner?: string
  readonly headBranch?: string
}

interface Style {
  readonly subject: RegExp
  readonly byHand?: true
  /** Finds the title in the lines after the subject. */
  readonly title?: (lines: readonly string[], number: string, subject: string) => string | undefined
}

const MAX_SUBJECT = 2_000

/** At most nine digits: further ones are no pull request's number anywhere. */
const styles: readonly Style[] = [
  // GitHub's merge button; the title follows.
  {
    subject: /^Merge pull request #(?<number>[1-9]\d{0,8}) from (?<owner>[^\s/]+)\/(?<branch>\S+)$/,
    title: firstText,
  },
  // Bitbucket's, for its server and its cloud.
  {
    subject: /^Merge pull request #(?<number>[1-9]\d{0,8}) in \S+ from (?<branch>\S+) to \S+$/,
    title: firstText,
  },
  {
    subject: /^Merged in (?<branch>\S+) \(pull request #(?<number>[1-9]\d{0,8})\)$/,
    title: firstText,
  },
  // Gitea and Forgejo.
  {
    subject:
      /^Merge pull request '(?<title>.*)' \(#(?<number>[1-9]\d{0,8})\) from (?:(?<owner>[^\s:/]+)[:/])?(?<branch>\S+) into \S+$/,
  },
  // Azure DevOps.
  { subject: /^Merged PR (?<number>[1-9]\d{0,8}): (?<title>.+)$/ },
  // Bors and its kin: homu, bors-ng. What merges several at once cannot be told apart.
  {
    subject:
      /^Auto merge of #(?<number>[1-9]\d{0,8}) - (?<owner>[^\s:]+):(?<branch>[^\s,]+), r=\S+$/,
    byHand: true,
    title: firstText,
  },
  { subject: /^Merge #(?<number>[1-9]\d{0,8})$/, byHand: true, title: numberedText },
  // GitHub's squash button, and Gitea's.
  { subject: /\(#(?<number>[1-9]\d{0,8})\)$/, title: textBefore },
]

/** In the last lines: GitLab's `See merge request group/project!12`, and what Node.js' landing tool writes. */
const requestLine =
  /^(?:See merge request \S*?!|PR-URL: https?:\/\/\S+\/pull\/)([1-9]\d{0,8})[ \t\r]*$/m
const gitLabSubject = /^Merge branch '(?<branch>[^']+)' into '[^']+'\s*$/

/**
 * Reads the number of the pull request, and what else is said of it, from the message of the merge or squash commit.
 * Undefined where the message names none as its own: quotations, as in `Revert "Add (#1)"`, do not count.
 */
export function findPullRequest(message: string): NamedPullRequest | undefined {
  const [line = '', ...lines] = message.split('\n')
  // Of a line that no person reads to its end only the end is looked at.
  const subject = line.trimEnd().slice(-MAX_SUBJECT)
  for (const style of styles) {
    const groups = style.subject.exec(subject)?.groups
    if (groups?.number === undefined) continue
    const title = groups.title ?? style.title?.(lines, groups.number, subject) ?? subject
    return {
      number: Number(groups.number),
      title,
      byHand: style.byHand ?? false,
      ...(groups.owner === undefined ? {} : { headOwner: groups.owner }),
      ...(groups.branch === undefined ? {} : { headBranch: groups.branch }),
    }
  }
  const [request = '', number] = requestLine.exec(message) ?? []
  if (number === undefined) return undefined
  const branch = gitLabSubject.exec(subject)?.groups?.branch
  return {
    number: Number(number),
    byHand: request.startsWith('PR-URL'),
    title: branch === undefined ? subject : (firstText(lines) ?? subject),
    ...(branch === undefined ? {} : { headBranch: branch }),
  }
}

function firstText(lines: readonly string[]): string | undefined {
  return lines.find((line) => line.trim() !== '')?.trim()
}

function textBefore(_: readonly string[], number: string, subject: string): string {
  return subject.slice(0, -`(#${number})`.length).trimEnd()
}

/** bors-ng repeats the number before each title: `12: Add a cache r=somebody a=somebody`. */
function numberedText(lines: readonly string[], number: string): string | undefined {
  const line = lines.find((text) => text.startsWith(`${number}: `))
  return line?.slice(number.length + 2).replace(/ r=\S+(?: a=\S+)?$/, '')
}
