import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BranchCommitRecord,
  type DeliveryRecord,
  type PullRequestRecord,
  RecordSchema,
} from '../../src/delivery/index.ts'
import {
  openRepository,
  type ReadRecordsOptions,
  readPullRequestRecords,
} from '../../src/git/index.ts'
import { aRecording } from '../support/a-recording.ts'
import { TestRepository, withGit } from '../support/git-repository.ts'
import { HistoryBuilder } from '../support/history-builder.ts'
import { propertyRuns } from '../support/property-runs.ts'

const main = 'refs/heads/main'
const dev = 'Dev <dev@example.com>'
const other = 'Other <other@example.com>'
const github = 'GitHub <noreply@github.com>'
const recording = aRecording()

/** Seconds since the epoch on a day of 2025. */
function day(number: number): number {
  return Date.UTC(2025, 0, number) / 1000
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

async function read(
  source: TestRepository,
  options: Partial<ReadRecordsOptions> & { readonly directory?: string } = {},
): Promise<DeliveryRecord[]> {
  const { directory = source.directory, ...rest } = options
  const repository = await openRepository(directory, { environment: source.environment })
  const records = await Array.fromAsync(
    readPullRequestRecords(repository, { recording, readAt: '2026-01-01T00:00:00Z', ...rest }),
  )
  for (const record of records) expect(RecordSchema.parse(record)).toEqual(record)
  return records
}

function pullRequests(records: readonly DeliveryRecord[]): PullRequestRecord[] {
  return records.filter((record) => record.record === 'pull-request')
}

async function readOne(
  source: TestRepository,
  options: Partial<ReadRecordsOptions> & { readonly directory?: string } = {},
): Promise<PullRequestRecord> {
  const [record, ...others] = pullRequests(await read(source, options))
  if (record === undefined) throw new Error('no pull request was found')
  expect(others).toEqual([])
  return record
}

interface Ids {
  readonly root: string
  readonly first: string
  readonly second: string
  readonly landed: string
}

/** A branch of two commits, and what becomes of it on main on the tenth day. */
interface Style {
  readonly message: string
  readonly merge?: boolean
  /** Puts both commits on main, in place of one for all. */
  readonly rebase?: boolean
  readonly author?: string
  readonly committer?: string
  /** Where the head is kept. Default: GitHub's ref. */
  readonly head?: string | null
}

function withPullRequest(style: Style): { source: TestRepository; ids: Ids } {
  const source = new TestRepository({ bare: true })
  const builder = new HistoryBuilder()
  const root = builder.commit({
    ref: main,
    message: 'Start',
    parents: [],
    files: new Map([['README.md', 'one\ntwo\nthree\n']]),
  })
  const files = [
    new Map([['src/a.ts', 'a\nb\n']]),
    new Map<string, string | null>([
      ['README.md', 'one\nthree\n'],
      ['package-lock.json', '1\n2\n3\n4\n'],
    ]),
  ]
  const messages = [
    'Add a cache',
    'Document it\n\nCo-authored-by: Claude <noreply@anthropic.com>\n',
  ]
  const [firstFiles = new Map(), secondFiles = new Map()] = files
  const [firstMessage = '', secondMessage = ''] = messages
  const add = (ref: string, parents: readonly number[], committer: string, seconds: number) => {
    const first = builder.commit({
      ref,
      message: firstMessage,
      parents,
      author: `${dev} ${day(3)} +0200`,
      committer: `${committer} ${seconds} +0000`,
      files: firstFiles,
    })
    const second = builder.commit({
      ref,
      message: secondMessage,
      parents: [first],
      author: `${other} ${day(5)} -0300`,
      committer: `${committer} ${seconds} +0000`,
      files: secondFiles,
    })
    return [first, second] as const
  }
  const [first, second] = add('refs/heads/topic', [root], dev, day(5))
  const head = style.head === undefined ? 'refs/pull/12/head' : style.head
  if (head !== null) builder.ref(head, second)
  const committer = style.committer ?? github
  const landed = style.rebase
    ? add(main, [root], committer, day(10))[1]
    : builder.commit({
        ref: main,
        message: style.message,
        parents: style.merge ? [root, second] : [root],
        author: `${style.author ?? dev} ${day(10)} +0000`,
        committer: `${committer} ${day(10)} +0000`,
        files: new Map<string, string | null>([...firstFiles, ...secondFiles]),
      })
  const ids = builder.write(source)
  source.git(['update-ref', '-d', 'refs/heads/topic'])
  const id = (mark: number) => ids.get(mark) ?? ''
  return {
    source,
    ids: { root: id(root), first: id(first), second: id(second), landed: id(landed) },
  }
}

const whole = {
  size: {
    total: { files: 3, additions: 6, deletions: 1 },
    counted: { files: 2, additions: 2, deletions: 1 },
  },
  everSeenFirstCommitAt: iso(day(3)),
  truncated: [],
  unreadable: [],
}

describe('how it reached the branch', () => {
  test.each<[string, Style, string]>([
    ['squashed', { message: 'Add a cache (#12)' }, 'squash'],
    [
      'merged by the button',
      { message: 'Merge pull request #12 from octo/topic\n\nAdd a cache', merge: true },
      'merge',
    ],
    [
      'merged by the button, and the head not fetched',
      { message: 'Merge pull request #12 from octo/topic\n\nAdd a cache', merge: true, head: null },
      'merge',
    ],
    ['merged under its title', { message: 'Add a cache (#12)', merge: true }, 'merge'],
    [
      "merged by GitLab's button",
      {
        message: "Merge branch 'topic' into 'main'\n\nAdd a cache\n\nSee merge request a/b!12",
        merge: true,
        head: 'refs/merge-requests/12/head',
      },
      'merge',
    ],
    [
      'merged by hand, told by its head',
      { message: "Merge branch 'topic'", merge: true, committer: dev },
      'push',
    ],
    [
      'merged by homu',
      { message: 'Auto merge of #12 - octo:topic, r=dev', merge: true, committer: dev },
      'push',
    ],
    ['rebased', { message: '', rebase: true, committer: dev }, 'rebase'],
    [
      'put on by hand',
      { message: 'Add a cache\n\nCloses #12', author: other, committer: dev },
      'push',
    ],
    [
      'put on by hand, as Node.js does',
      { message: 'Add a cache\n\nPR-URL: https://github.com/o/w/pull/12\n', committer: dev },
      'push',
    ],
    [
      'fetched by an extra refspec',
      { message: 'Add (#12)', head: 'refs/remotes/origin/pr/12' },
      'squash',
    ],
    ['fetched by another', { message: 'Add (#12)', head: 'refs/remotes/pull/12/head' }, 'squash'],
  ])('%s', async (_, style, method) => {
    const { source, ids } = withPullRequest(style)
    const record = await readOne(source)
    expect(record).toMatchObject({
      ...whole,
      source: 'git',
      number: 12,
      state: 'merged',
      base: { name: 'main', longLived: true, tracked: true, sha: ids.root },
      head: { sha: ids.second },
      createdAt: null,
      reviews: null,
      labels: null,
      merge: { at: iso(day(10)), commit: ids.landed, method },
    })
    expect(record.commits?.map(({ sha }) => sha)).toEqual([ids.first, ids.second])
    expect(record.commits?.map(({ message }) => message)).toEqual([
      expect.not.stringContaining('cache'),
      expect.stringContaining('Co-authored-by: Claude <noreply@anthropic.com>'),
    ])
    expect(record.author).toEqual({
      kind: 'person',
      person: recording.pseudonyms.person(
        style.author === other ? 'other@example.com' : 'dev@example.com',
      ),
    })
    const text = JSON.stringify(record)
    for (const hidden of ['example.com', 'Dev', 'cache', 'topic'])
      expect(text).not.toContain(hidden)
  })

  test('squashed, and the head not fetched: its commits are not known', async () => {
    const { source, ids } = withPullRequest({ message: 'Add a cache (#12)', head: null })
    expect(await readOne(source)).toMatchObject({
      size: whole.size,
      commits: null,
      everSeenFirstCommitAt: null,
      head: { sha: null },
      merge: { commit: ids.landed, method: 'squash' },
      truncated: [],
      unreadable: [],
    })
  })

  test('the trial merge of an open pull request stands for its head', async () => {
    const { source, ids } = withPullRequest({ message: 'Add a cache (#12)', head: null })
    const trial = source.commit({
      message: 'Merge',
      parents: [ids.root, ids.second],
      branch: 'trial',
    })
    source.git(['update-ref', 'refs/pull/12/merge', trial])
    source.git(['update-ref', '-d', 'refs/heads/trial'])
    expect((await readOne(source)).commits).toHaveLength(2)
  })

  test.each<[string, Style]>([
    ['a number that only a quotation has', { message: 'Revert "Add a cache (#12)"', head: null }],
    [
      'an issue closed by a commit of another author',
      { message: 'Add more\n\nCloses #12', committer: dev, head: null },
    ],
    ['nothing', { message: 'Add a cache', head: null }],
  ])('%s is no pull request', async (_, style) => {
    const { source } = withPullRequest(style)
    expect(pullRequests(await read(source))).toEqual([])
  })

  test('an open pull request is not told', async () => {
    const { source } = withPullRequest({ message: 'Something else' })
    expect(await read(source)).toEqual([])
  })

  test("a base merged into the branch is in its commits, and is none of the change's own", async () => {
    const source = new TestRepository({ bare: true })
    const builder = new HistoryBuilder()
    const root = builder.commit({ ref: main, message: 'Start', parents: [] })
    const own = builder.commit({ ref: 'refs/pull/3/head', message: 'Own', parents: [root] })
    const base = builder.commit({ ref: main, message: 'Meanwhile (#2)', parents: [root] })
    const merge = builder.commit({ ref: 'refs/pull/3/head', message: 'x', parents: [own, base] })
    builder.commit({ ref: main, message: 'Own (#3)', parents: [base] })
    const ids = builder.write(source)
    const [record] = pullRequests(await read(source))
    expect(record?.commits?.map(({ sha, parents }) => [sha, parents])).toEqual([
      [ids.get(own), 1],
      [ids.get(merge), 2],
    ])
  })

  test('of two commits with one number the merge of its head has it', async () => {
    const source = new TestRepository({ bare: true })
    const builder = new HistoryBuilder()
    const foreign = builder.commit({ ref: main, message: 'From elsewhere (#3)', parents: [] })
    const head = builder.commit({ ref: 'refs/pull/3/head', message: 'x', parents: [foreign] })
    const next = builder.commit({ ref: main, message: 'Next', parents: [foreign] })
    const message = 'Merge pull request #3 from octo/x'
    const merge = builder.commit({ ref: main, message, parents: [next, head] })
    const ids = builder.write(source)
    expect((await readOne(source)).merge?.commit).toBe(ids.get(merge))
  })

  test('commits that share a number and stand together are one pull request', async () => {
    const source = new TestRepository({ bare: true })
    const builder = new HistoryBuilder()
    const file = (text: string) => new Map([['a', text]])
    const root = builder.commit({ ref: main, message: 'Start', parents: [], files: file('1\n') })
    const one = builder.commit({
      ref: main,
      message: 'One (#3)',
      parents: [root],
      files: file('1\n2\n'),
    })
    const two = builder.commit({
      ref: main,
      message: 'Two (#3)',
      parents: [one],
      files: file('2\n'),
    })
    const ids = builder.write(source)
    expect(await readOne(source)).toMatchObject({
      base: { sha: ids.get(root) },
      merge: { commit: ids.get(two), method: 'push' },
      // The ends are compared: what the one added and the other took away is not counted.
      size: { total: { files: 1, additions: 1, deletions: 1 } },
    })
  })
})

describe('reverts that were pushed to the branch', () => {
  test('are told, with their size', async () => {
    const source = new TestRepository({ bare: true })
    const builder = new HistoryBuilder()
    const root = builder.commit({
      ref: main,
      message: 'Add a cache (#3)',
      parents: [],
      files: new Map([['a', 'a\n']]),
    })
    const id = '0123456789012345678901234567890123456789'
    const revert = builder.commit({
      ref: main,
      message: `Revert "Add a cache (#3)"\n\nThis reverts commit ${id}.`,
      parents: [root],
      author:
        'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com> 1750000000 +0000',
      files: new Map([['a', null]]),
    })
    const ids = builder.write(source)
    const records = await read(source)
    const found = records.find((one): one is BranchCommitRecord => one.record === 'branch-commit')
    expect(found).toMatchObject({
      sha: ids.get(revert),
      branchTracked: true,
      bot: 'dependabot[bot]',
      size: { total: { files: 1, additions: 0, deletions: 1 } },
    })
    expect(found?.revertClaims.flatMap(({ shas }) => shas)).toContain(id)
    expect(pullRequests(records).map(({ number }) => number)).toEqual([3])
  })
})

describe('reverts whose words lead nowhere', () => {
  const code = (words: readonly string[]) =>
    words.map((word) => `const ${word} = call()\n`).join('')

  /** Two changes to one file and then a commit that undoes the first of them. */
  function withRevert(message: string): { source: TestRepository; first: string } {
    const source = new TestRepository({ bare: true })
    const builder = new HistoryBuilder()
    const write = (text: string, parents: number[], words: readonly string[]) =>
      builder.commit({ ref: main, message: text, parents, files: new Map([['a.ts', code(words)]]) })
    const root = write('Start', [], ['alpha', 'omega'])
    const first = write('Add a cache (#1)', [root], ['alpha', 'middle', 'omega'])
    const second = write('Add more (#2)', [first], ['alpha', 'middle', 'omega', 'further'])
    write(message, [second], ['alpha', 'omega', 'further'])
    return { source, first: builder.write(source).get(first) ?? '' }
  }

  test.each([
    ['a commit', 'Revert the caching'],
    ['a pull request', 'Revert "That thing with the caches" (#3)'],
    ['a hash of elsewhere', `Revert it\n\nThis reverts commit ${'ab'.repeat(20)}.`],
  ])('%s: the difference leads to the target', async (_, message) => {
    const { source, first } = withRevert(message)
    const record = (await read(source)).at(-1)
    const claims = record?.revertClaims.filter((claim) => claim.in === 'content')
    expect(claims).toMatchObject([{ kind: 'revert', shas: [first], coverage: 1 }])
  })

  test.each([
    'Remove the cache (#3)',
    'Revert "Add a cache (#1)" (#3)',
    'Not a revert of anything (#3)',
  ])('%s: nothing is looked for', async (message) => {
    const { source } = withRevert(message)
    const [record] = await read(source)
    expect(record?.revertClaims.filter((claim) => claim.in === 'content')).toEqual([])
  })

  test('a title that is known is enough', async () => {
    const { source } = withRevert('Revert "Add a cache" (#3)')
    const record = (await read(source)).at(-1)
    expect(record?.revertClaims.filter((claim) => claim.in === 'content')).toEqual([])
  })

  test('past so many searches no more are made, and that is said', async () => {
    const { source } = withRevert('Revert the caching')
    const warnings: string[] = []
    const onWarning = (text: string) => warnings.push(text)
    const claimsOf = async (contentSearches: number) => {
      const record = (await read(source, { contentSearches, onWarning })).at(-1)
      return record?.revertClaims.filter((claim) => claim.in === 'content').length
    }
    expect(await claimsOf(1)).toBe(1)
    expect(warnings).toEqual([])
    const records = await read(source, { contentSearches: 0, onWarning })
    expect(records).toHaveLength(3)
    expect(records.flatMap(({ revertClaims }) => revertClaims.map((claim) => claim.in))).toEqual([
      'title',
    ])
    expect(warnings).toEqual([expect.stringContaining('for up to 1 older reverts')])
  })

  test('a file that the clone lacks leaves it open', async () => {
    const { source } = withRevert('Revert the caching')
    source.git(['config', 'uploadpack.allowFilter', 'true'])
    const directory = source.clone('partial', '--bare', '--filter=blob:none')
    rmSync(source.directory, { recursive: true })
    const record = (await read(source, { directory })).at(-1)
    expect(record).toMatchObject({ record: 'branch-commit', size: null })
    expect(record?.revertClaims.filter((claim) => claim.in === 'content')).toEqual([])
  })
})

describe('clones that lack something', () => {
  test('a shallow clone: the oldest size and what lies before are not known', async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    source.git(['config', 'uploadpack.allowAnySHA1InWant', 'true'])
    const directory = source.clone('shallow', '--depth=1')
    source.git([
      '-C',
      directory,
      '-c',
      'protocol.file.allow=always',
      'fetch',
      '--quiet',
      '--depth=1',
      'origin',
      'refs/pull/12/head:refs/pull/12/head',
    ])
    const record = await readOne(source, { directory })
    expect(record).toMatchObject({
      size: null,
      unreadable: ['diffs'],
      truncated: ['commits'],
      base: { sha: null },
    })
    expect(record.commits?.map(({ parents }) => parents)).toEqual([null])
  })

  test.each(['blob:none', 'tree:0'])('a partial clone without %s has no sizes', async (filter) => {
    const { source, ids } = withPullRequest({ message: 'Add a cache (#12)' })
    source.git(['config', 'uploadpack.allowFilter', 'true'])
    const directory = source.clone('partial', '--bare', `--filter=${filter}`)
    rmSync(source.directory, { recursive: true })
    expect(await readOne(source, { directory })).toMatchObject({
      merge: { commit: ids.landed },
      size: null,
      unreadable: ['blobs'],
    })
  })

  test('one missing file costs the sizes of the commits that need it, and no others', async () => {
    const source = new TestRepository()
    const builder = new HistoryBuilder()
    let parent: number | undefined
    for (let number = 1; number <= 5; number += 1) {
      parent = builder.commit({
        ref: main,
        message: `Change (#${number})`,
        parents: parent === undefined ? [] : [parent],
        files: new Map([['a', `${number}\n`]]),
      })
    }
    builder.write(source)
    const blob = source.git(['rev-parse', 'main~2:a'])
    rmSync(join(source.directory, '.git', 'objects', blob.slice(0, 2), blob.slice(2)))
    const records = pullRequests(await read(source))
    expect(
      records.map(({ number, size, unreadable }) => [number, size?.total, unreadable]),
    ).toEqual([
      [5, { files: 1, additions: 1, deletions: 1 }, []],
      [4, undefined, ['blobs']],
      [3, undefined, ['blobs']],
      [2, { files: 1, additions: 1, deletions: 1 }, []],
      [1, { files: 1, additions: 1, deletions: 0 }, []],
    ])
  })
})

describe('which branch', () => {
  test("origin's default branch, and not the one that is checked out", async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    const directory = source.clone('work')
    source.git(['-C', directory, 'checkout', '--quiet', '-b', 'other', 'HEAD~1'])
    expect((await readOne(source, { directory })).base.name).toBe('main')
  })

  test("origin's main where the clone does not tell its default branch", async () => {
    const { source, ids } = withPullRequest({ message: 'Add a cache (#12)' })
    const directory = source.clone('work')
    source.git(['-C', directory, 'remote', 'set-head', 'origin', '--delete'])
    source.git(['-C', directory, 'checkout', '--quiet', '-b', 'dev/secret', 'HEAD~1'])
    const [warnings, branches]: [string[], string[]] = [[], []]
    const record = await readOne(source, {
      directory,
      onWarning: (text) => warnings.push(text),
      onBranch: (name) => branches.push(name),
    })
    expect(branches).toEqual([record.base.name])
    expect(record.base).toEqual({ name: 'main', longLived: true, tracked: true, sha: ids.root })
    expect(warnings).toEqual([])
  })

  test("HEAD where it is named as a project's branch", async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    source.git(['branch', '-m', 'main', 'develop'])
    const warnings: string[] = []
    const record = await readOne(source, { onWarning: (text) => warnings.push(text) })
    expect(record.base).toMatchObject({ name: 'develop', longLived: true, tracked: true })
    expect(warnings).toEqual([])
  })

  test.each([
    ['a branch', 'checkout', 'the branch dev/secret is read', 'git remote set-head'],
    ['a branch of a bare clone', 'bare', 'the branch dev/secret is read', 'git symbolic-ref'],
    ['a detached HEAD', 'detached', 'a detached HEAD is read', 'git remote set-head'],
  ])(
    "%s that may be a person's own is read under no name, and said",
    async (...[, kind, read, advice]) => {
      const { source, ids } = withPullRequest({ message: 'Add a cache (#12)' })
      source.git(['branch', '-m', 'main', 'dev/secret'])
      const directory = source.clone('work', ...(kind === 'bare' ? ['--bare'] : []))
      if (kind !== 'bare') {
        source.git(['-C', directory, 'remote', 'set-head', 'origin', '--delete'])
      }
      if (kind === 'detached') source.git(['-C', directory, 'checkout', '--quiet', '--detach'])
      const [warnings, branches]: [string[], string[]] = [[], []]
      const record = await readOne(source, {
        directory,
        onWarning: (text) => warnings.push(text),
        onBranch: (name) => branches.push(name),
      })
      expect(branches).toEqual([])
      expect(record.base).toEqual({ name: null, longLived: null, tracked: null, sha: ids.root })
      expect(JSON.stringify(record)).not.toContain('secret')
      expect(warnings).toEqual([expect.stringContaining(read)])
      expect(warnings).toEqual([expect.stringContaining(advice)])
    },
  )

  test('another that is named', async () => {
    const { source, ids } = withPullRequest({ message: 'Add a cache (#12)' })
    source.git(['update-ref', 'refs/heads/release/1.0', ids.landed])
    source.git(['update-ref', main, ids.root])
    expect(await read(source)).toEqual([])
    expect((await readOne(source, { branch: 'release/1.0' })).base.name).toBe('release/1.0')
  })

  test.each([
    'nowhere',
    '--all',
    'main~1',
    'main^{tree}',
    '-',
    '',
    'a\nb',
    '../HEAD',
    '@{-1}',
    'ma*',
  ])('%j is no branch', async (branch) => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    await expect(read(source, { branch })).rejects.toMatchObject({ reason: 'bad-revision' })
  })

  test('HEAD points nowhere', async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    source.git(['symbolic-ref', 'HEAD', 'refs/heads/gone'])
    await expect(read(source)).rejects.toMatchObject({
      reason: 'bad-revision',
      message: expect.stringMatching(/points to no commit; name the branch to read$/),
    })
  })
})

describe('which time', () => {
  test.each([
    [{ since: iso(day(10)) }, 1],
    [{ since: iso(day(10) + 1) }, 0],
    [{ until: iso(day(10)) }, 0],
    [{ until: iso(day(10) + 1) }, 1],
    [{ since: '2025-01-01', until: '2026-01-01' }, 1],
  ])('%j', async (window, expected) => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    expect(await read(source, window)).toHaveLength(expected)
  })

  test('no time is an error', async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    await expect(read(source, { since: 'soon' })).rejects.toThrow('"soon" is no time')
  })
})

describe('what a stranger may have put into a clone', () => {
  test('names of files, authors, branches and refs', async () => {
    const source = new TestRepository({ bare: true, name: ' a\n"b" --all' })
    const builder = new HistoryBuilder()
    const paths = ['--output=x', 'a\nb', '"q"', 'tab\there', '5\t6\tname', 'é 🚢', ' ', '-']
    const root = builder.commit({ ref: main, message: 'Start', parents: [] })
    const landed = builder.commit({
      ref: main,
      message: 'Add `$(x)` (#12)\n\n\u0001\u001e 12\t3\tx\n:100644',
      parents: [root],
      author: '--all <--all> 1750000000 +0000',
      files: new Map(paths.map((path) => [path, 'line\n'])),
    })
    const head = builder.commit({ ref: 'refs/pull/12/head', message: 'x', parents: [root] })
    for (const ref of ['refs/pull/0/head', 'refs/pull/x/head', 'refs/pull/12/head/more'].slice(
      0,
      2,
    )) {
      builder.ref(ref, head)
    }
    builder.ref('refs/pull/99999999999999999999/head', head)
    builder.ref('refs/remotes/origin/--upload-pack=x', landed)
    builder.write(source)
    expect(await readOne(source)).toMatchObject({
      number: 12,
      commits: [{}],
      size: { total: { files: paths.length, additions: paths.length, deletions: 0 } },
    })
  })

  test('settings, attributes and programs of the clone change nothing', async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    const expected = await read(source)
    const directory = source.clone('work')
    source.git([
      '-C',
      directory,
      '-c',
      'protocol.file.allow=always',
      'fetch',
      '--quiet',
      'origin',
      'refs/pull/12/head:refs/pull/12/head',
    ])
    const ran = join(source.home, 'ran')
    const settings = {
      'diff.external': `touch ${ran}`,
      'diff.x.command': `touch ${ran}`,
      'diff.x.textconv': `touch ${ran}`,
      'diff.x.binary': 'true',
      'diff.algorithm': 'patience',
      'diff.renames': 'copies',
      'diff.orderFile': join(source.home, 'nowhere'),
      'diff.relative': 'true',
      'diff.ignoreSubmodules': 'all',
      'log.showRoot': 'false',
      'log.diffMerges': 'off',
      'log.showSignature': 'true',
      'log.mailmap': 'true',
      'log.follow': 'true',
      'core.pager': `touch ${ran}`,
      'core.quotePath': 'false',
      'core.attributesFile': join(directory, '.gitattributes'),
      'format.pretty': 'short',
      'notes.displayRef': '*',
    }
    for (const [name, value] of Object.entries(settings)) {
      source.git(['-C', directory, 'config', name, value])
    }
    writeFileSync(join(directory, '.gitattributes'), '* diff=x -text binary\n')
    expect(await read(source, { directory })).toEqual(expected)
    expect(existsSync(ran)).toBe(false)
  })

  test('a git that falls silent is given up', async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    const repository = await openRepository(source.directory, { environment: source.environment })
    const environment = withGit(
      source.environment,
      'case "$*" in *--numstat*) exec sleep 60;; *) export PATH=$(echo "$PATH" | cut -d: -f2-); exec git "$@";; esac',
    )
    const options = { recording, readAt: '2026-01-01T00:00:00Z', inactivityMs: 500 }
    await expect(
      Array.fromAsync(readPullRequestRecords({ ...repository, environment }, options)),
    ).rejects.toMatchObject({ reason: 'silent' })
  })

  test('a reader that stops early, or is told to, leaves nothing running', async () => {
    const { source } = withPullRequest({ message: 'Add a cache (#12)' })
    const repository = await openRepository(source.directory, { environment: source.environment })
    const controller = new AbortController()
    const records = readPullRequestRecords(repository, {
      recording,
      readAt: '2026-01-01T00:00:00Z',
      signal: controller.signal,
    })
    expect((await records.next()).done).toBe(false)
    controller.abort(new Error('enough'))
    await expect(records.next()).rejects.toThrow('enough')
    for await (const _ of readPullRequestRecords(repository, {
      recording,
      readAt: '2026-01-01T00:00:00Z',
    }))
      break
  })
})

describe('any history', () => {
  interface Step {
    readonly kind: 'direct' | 'squash' | 'merge' | 'rebase'
    readonly commits: number
    readonly lines: number
    readonly baseMerge: boolean
    readonly headKept: boolean
  }

  const step = fc.record<Step>({
    kind: fc.constantFrom('direct', 'squash', 'merge', 'rebase'),
    commits: fc.integer({ min: 1, max: 4 }),
    lines: fc.integer({ min: 0, max: 3 }),
    baseMerge: fc.boolean(),
    headKept: fc.boolean(),
  })

  test('gives each pull request with its own commits and its size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const source = new TestRepository({ bare: true })
        const builder = new HistoryBuilder()
        const expected: {
          number: number
          method: string
          own: number[] | null
          tip: number
          base: number
          lines: number
        }[] = []
        let tip = builder.commit({ ref: main, message: 'Start', parents: [] })
        let clock = day(1)
        const at = (who: string) => {
          clock += 60
          return `${who} ${clock} +0000`
        }
        for (const [index, { kind, commits, lines, baseMerge, headKept }] of steps.entries()) {
          const number = index + 1
          const content = (commit: number) =>
            new Map([[`${number}/${commit}.ts`, `${number} ${commit}\n`.repeat(lines)]])
          const works = Array.from({ length: commits }, (_, commit) => ({
            message: `Work ${number} ${commit}`,
            author: at(dev),
            files: content(commit),
          }))
          if (kind === 'direct') {
            for (const work of works) tip = builder.commit({ ref: main, parents: [tip], ...work })
            continue
          }
          const ref = `refs/pull/${number}/head`
          const base = tip
          const own: number[] = []
          let head = base
          for (const work of works) {
            head = builder.commit({ ref, parents: [head], ...work })
            own.push(head)
          }
          if (baseMerge && kind !== 'rebase') {
            tip = builder.commit({
              ref: main,
              parents: [tip],
              message: 'Meanwhile',
              author: at(other),
            })
            head = builder.commit({ ref, parents: [head, tip], message: 'Merge main' })
            own.push(head)
          }
          const before = tip
          if (kind === 'rebase') {
            for (const work of works) {
              tip = builder.commit({ ref: main, parents: [tip], ...work, committer: at(other) })
            }
          } else {
            const files = new Map(works.flatMap((work) => [...work.files]))
            const merge = kind === 'merge'
            tip = builder.commit({
              ref: main,
              parents: merge ? [tip, head] : [tip],
              message: merge ? `Merge pull request #${number} from octo/x` : `Title (#${number})`,
              committer: at(github),
              files,
            })
          }
          if (!headKept) builder.delete(ref)
          if (kind === 'rebase' && !headKept) continue
          expected.push({
            number,
            method: kind,
            own: headKept || kind === 'merge' ? own : null,
            tip,
            base: before,
            lines: lines * commits,
          })
        }
        const ids = builder.write(source)
        const records = pullRequests(await read(source))
        const found = records.map(({ number, merge, commits, base, size, unreadable }) => ({
          number,
          method: merge?.method,
          tip: merge?.commit,
          base: base.sha,
          own: commits?.map(({ sha }) => sha) ?? null,
          lines: size?.total.additions,
          unreadable,
        }))
        expect(found).toEqual(
          expected.toReversed().map(({ number, method, own, tip: last, base, lines }) => ({
            number,
            method,
            tip: ids.get(last),
            base: ids.get(base),
            own: own?.map((mark) => ids.get(mark)) ?? null,
            lines,
            unreadable: [],
          })),
        )
        rmSync(source.home, { recursive: true })
      }),
      { numRuns: propertyRuns(25) },
    )
  }, 120_000)
})
