import { type Commit, type PullRequestHistory, playHistory, rootSha } from '../fake-github/index.ts'
import { TestRepository } from '../git-repository.ts'

/**
 * A real repository in which this history took place: its merge on `main` and its head under `refs/pull/N/head`, as a mirror
 * of GitHub's has it. Hashes are other ones than the fake's; messages, people, dates and parents are the same. The whole
 * difference is one file with one line, as the fake's histories have it unless they say otherwise.
 */
export function writeRepository(history: PullRequestHistory): TestRepository {
  const { pullRequest, landed } = playHistory(history)
  const repository = new TestRepository({ bare: true })
  const stream = new CommitStream()
  stream.add('refs/heads/main', rootCommit, undefined)
  const head = `refs/pull/${history.number}/head`
  for (const [index, commit] of pullRequest.commits.entries()) {
    stream.add(head, commit, `Line ${index}\n`)
  }
  const last = pullRequest.commits.length - 1
  for (const [index, commit] of landed.entries()) {
    // Rebased commits have each its own state of the file; a squash or a merge has the last.
    stream.add('refs/heads/main', commit, `Line ${landed.length === 1 ? last : index}\n`)
  }
  if (pullRequest.merged && landed.length === 0) {
    stream.move('refs/heads/main', pullRequest.head.sha)
  }
  repository.git(['fast-import', '--quiet'], stream.text)
  return repository
}

const rootCommit: Commit = {
  sha: rootSha,
  message: 'Initial commit',
  author: { name: 'Dev', email: 'dev@example.com', date: '2026-03-01T09:00:00Z' },
  committer: { name: 'Dev', email: 'dev@example.com', date: '2026-03-01T09:00:00Z' },
  authorAccount: null,
  committerAccount: null,
  verified: false,
  parents: [],
}

/** Input of `git fast-import`, in which commits are found again by the fake's hashes. */
class CommitStream {
  text = ''
  readonly #marks = new Map<string, number>()

  add(ref: string, commit: Commit, content: string | undefined): void {
    const mark = this.#marks.size + 1
    const [first, ...others] = commit.parents.map((parent) => this.#mark(parent))
    const lines = [
      `reset ${ref}`,
      ...(first === undefined ? [] : [`from ${first}`]),
      '',
      `commit ${ref}`,
      `mark :${mark}`,
      `author ${toIdent(commit.author)}`,
      `committer ${toIdent(commit.committer)}`,
      data(commit.message),
      ...others.map((parent) => `merge ${parent}`),
      ...(content === undefined ? [] : ['M 100644 inline src/widget.ts', data(content)]),
    ]
    this.#marks.set(commit.sha, mark)
    this.text += `${lines.join('\n')}\n`
  }

  move(ref: string, sha: string): void {
    this.text += `reset ${ref}\nfrom ${this.#mark(sha)}\n\n`
  }

  #mark(sha: string): string {
    const mark = this.#marks.get(sha)
    if (mark === undefined) throw new Error(`${sha} is not written yet`)
    return `:${mark}`
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`
}

function toIdent({ name, email, date }: Commit['author']): string {
  return `${name} <${email}> ${Date.parse(date) / 1000} +0000`
}
