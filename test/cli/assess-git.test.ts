import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitAiNote, lines } from '../support/ai-marks.ts'
import { type AssessmentLine, parseLines } from '../support/assessment-line.ts'
import {
  isolatedEnvironment,
  TestRepository,
  temporaryDirectory,
} from '../support/git-repository.ts'
import { runCli } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

const registry = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)

/** Runs `assess --git` on the repository, expects it to succeed without a word, and gives its lines. */
async function assess(
  { directory, environment }: TestRepository,
  ...revisions: readonly string[]
): Promise<AssessmentLine[]> {
  const { status, stdout, stderr } = await runCli(['assess', '--git', directory, ...revisions], {
    environment,
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return parseLines(stdout)
}

describe('a line for each commit', () => {
  test('with all that is known of it, newest first', async () => {
    const source = new TestRepository()
    const plain = source.commit({ message: 'Fix the widget\n' })
    const marked = source.commit({
      message: `Change the widget\n\nSigned-off-by: Dev <dev@example.com>\n${lines.claude}\n`,
    })
    expect(await assess(source)).toEqual([
      {
        sha: marked,
        assistance: 'assisted',
        agentAuthored: false,
        tier: 'E2',
        tools: ['claude-code'],
        evidence: [
          {
            tool: 'claude-code',
            mark: expect.stringMatching(/^claude-code\//),
            tier: 'E2',
            claim: 'assisted',
            where: { in: 'message', line: 4 },
            text: lines.claude,
            at: 1_750_003_600_000,
          },
        ],
        trailers: [
          { key: 'Signed-off-by', value: 'Dev <dev@example.com>' },
          { key: 'Co-Authored-By', value: 'Claude <noreply@anthropic.com>' },
        ],
        reason: 'carries the mark that an AI tool leaves',
        registry,
      },
      {
        sha: plain,
        assistance: 'undeclared',
        agentAuthored: false,
        tools: [],
        evidence: [],
        trailers: [],
        reason: 'nothing recorded, which does not show that no AI was used',
        registry,
      },
    ])
  })

  test('with what only some commits have', async () => {
    const source = new TestRepository()
    const first = source.commit({ message: 'One\n' })
    const bot = source.commit({
      message: 'Bump widgets\n',
      author:
        'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com> 1750000000 +0000',
    })
    const disputed = source.commit({ message: `Two\n\n${lines.claude}\n${lines.none}\n` })
    const side = source.commit({ message: 'Three\n', parents: [first], branch: 'side' })
    const merge = source.commit({ message: 'Merge side\n', parents: [disputed, side] })
    const answers = new Map((await assess(source)).map((line) => [line.sha, line]))
    expect(answers.get(bot)).toMatchObject({ assistance: 'undeclared', automation: 'dependabot' })
    expect(answers.get(disputed)).toMatchObject({ assistance: 'assisted', setAside: 'disputed' })
    expect(answers.get(merge)).toMatchObject({ assistance: 'undeclared', merge: true })
    expect(answers.get(first)).not.toHaveProperty('merge')
    expect(answers.size).toBe(5)
  })

  test('with what its authorship note attests', async () => {
    const source = new TestRepository()
    const assisted = source.commit({ message: 'One\n' })
    const unassisted = source.commit({ message: 'Two\n' })
    source.note(
      'refs/notes/ai',
      new Map([
        [assisted, gitAiNote('cursor')],
        [unassisted, gitAiNote()],
      ]),
    )
    const [second, first] = await assess(source)
    expect(first).toMatchObject({ sha: assisted, assistance: 'assisted', tools: ['cursor'] })
    expect(first?.evidence).toMatchObject([{ tier: 'E1', where: { in: 'note' } }])
    expect(second).toMatchObject({ sha: unassisted, assistance: 'unassisted', tier: 'E1' })
  })

  test('from a repository with longer ids', async () => {
    const source = new TestRepository({ objectFormat: 'sha256' })
    const sha = source.commit({ message: 'One\n' })
    expect(sha).toHaveLength(64)
    expect(await assess(source)).toMatchObject([{ sha }])
  })

  test('on one line, whatever its message holds', async () => {
    const source = new TestRepository()
    const trailer = 'Note: \u001b]0;owned\u0007\u001b[2J \u009b31m \u2028\u2029\u202e "\\" \r'
    source.commit({ message: Buffer.from(`One\n\n${trailer}\nOdd: \ud800`, 'utf8') })
    source.commit({ message: Buffer.from('Two\n\nLatin: caf\xe9\nCut: \xf0\x9f\n', 'latin1') })
    const { stdout } = await runCli(['assess', '--git', source.directory], source)
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u)
    const [second, first] = parseLines(stdout)
    expect(first?.trailers).toEqual([
      { key: 'Note', value: trailer.slice('Note: '.length).trim() },
      { key: 'Odd', value: '\ufffd' },
    ])
    expect(second?.trailers).toEqual([
      { key: 'Latin', value: 'caf\ufffd' },
      { key: 'Cut', value: '\ufffd' },
    ])
  })
})

describe('the commits that are read', () => {
  test('are those of HEAD, or of the revisions', async () => {
    const source = new TestRepository()
    const [one, two, three] = ['One\n', 'Two\n', 'Three\n'].map((message) =>
      source.commit({ message }),
    )
    const topic = source.commit({ message: 'Topic\n', branch: 'topic', parents: [one ?? ''] })
    source.git(['tag', 'v1', two ?? ''])
    const read = async (...revisions: readonly string[]) =>
      (await assess(source, ...revisions)).map(({ sha }) => sha)
    expect(await read()).toEqual([three, two, one])
    expect(await read('v1')).toEqual([two, one])
    expect(await read('v1..main')).toEqual([three])
    expect(await read('topic', '^main')).toEqual([topic])
    expect(await read('main..main')).toEqual([])
  })

  test('are those of the current directory by default, and of a relative one from there', async () => {
    const source = new TestRepository()
    const sha = source.commit({ message: 'One\n' })
    const inside = join(source.directory, 'a')
    mkdirSync(inside)
    const options = { environment: source.environment, directory: inside }
    for (const args of [['assess'], ['assess', '--git', '.'], ['assess', '--git', '../../clone']]) {
      const { stdout, stderr } = await runCli(args, options)
      expect(stderr).toBe('')
      expect(parseLines(stdout)).toMatchObject([{ sha }])
    }
  })

  test('are those of the directory from which npm was called', async () => {
    const source = new TestRepository()
    const sha = source.commit({ message: 'One\n' })
    const { stdout } = await runCli(['assess', '--git', '.'], {
      environment: {
        ...source.environment,
        INIT_CWD: source.directory,
        npm_lifecycle_event: 'what-shipped',
      },
    })
    expect(parseLines(stdout)).toMatchObject([{ sha }])
  })
})

describe('a clone that holds less than its origin', () => {
  const source = () => {
    const repository = new TestRepository()
    repository.commitMany(3)
    repository.git(['config', 'uploadpack.allowFilter', 'true'])
    return repository
  }

  test.each([
    [
      ['--depth=1'],
      1,
      'what-shipped: the clone is shallow, older commits are not in it; run "git fetch --unshallow" in it to get them\n',
    ],
    [
      ['--filter=blob:none'],
      3,
      'what-shipped: the clone is partial (blob:none); all its commits are in it\n',
    ],
    [
      ['--filter=tree:0', '--no-checkout'],
      3,
      'what-shipped: the clone is partial (tree:0); all its commits are in it\n',
    ],
  ])('cloned with %j gives what is there, and one line', async (options, commits, line) => {
    const origin = source()
    const directory = origin.clone('less', ...options)
    const { status, stdout, stderr } = await runCli(['assess', '--git', directory], origin)
    expect({ status, stderr }).toEqual({ status: 0, stderr: line })
    expect(parseLines(stdout)).toHaveLength(commits)
  })
})

describe('what cannot be done ends with status 1, one line that says what to do, and no result', () => {
  // A directory outside any repository.
  const home = temporaryDirectory
  const empty = () => new TestRepository().directory
  const filled = () => {
    const repository = new TestRepository()
    repository.commit({ message: 'One\n' })
    return repository.directory
  }

  test.each<[string, () => readonly string[], RegExp]>([
    ['no directory', () => ['--git', join(home(), 'none')], /none does not exist; name the /],
    ['a file', () => ['--git', import.meta.filename], /is not a directory; name the /],
    ['no repository', () => ['--git', home()], /is not a git repository; name the directory /],
    ['no commit', () => ['--git', empty()], /has no commits yet; name a clone with history/],
    ['an unknown revision', () => ['--git', filled(), 'gone'], /gone is not in this clone: name /],
    ['an unknown range', () => ['--git', filled(), 'main..gone'], /gone is not in this clone/],
    ['an option', () => ['--git', filled(), '--', '--all'], /--all is not in this clone: name /],
    ['a hostile option', () => ['--git', filled(), '--', '--output=owned'], /is not in this clone/],
    ['a path', () => ['--git', filled(), '.git/config'], /is not in this clone/],
    ['an empty revision', () => ['--git', filled(), ''], /"" is no revision; name a branch/],
    ['escapes', () => ['--git', filled(), '\u001b[31m\nred'], /\[31m red is not in this clone/],
  ])('%s', async (_, args, line) => {
    const directory = home()
    const { status, stdout, stderr } = await runInProcess(['assess', ...args()], {
      directory,
      environment: isolatedEnvironment(directory),
    })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^what-shipped: [^\n]+\n$/)
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd()).not.toMatch(/\p{Cc}|\bat .*:\d+/u)
    expect(existsSync(join(directory, 'owned'))).toBe(false)
  })

  test('as a child process too', async () => {
    const { directory, environment } = new TestRepository()
    expect(await runCli(['assess', '--git', directory], { environment })).toEqual({
      status: 1,
      stdout: '',
      stderr: `what-shipped: ${directory} has no commits yet; name a clone with history\n`,
    })
  })

  test('no git on the PATH', async () => {
    const directory = filled()
    const { status, stdout, stderr } = await runCli(['assess', '--git', directory], {
      environment: { PATH: home() },
    })
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'what-shipped: git was not found on the PATH; install git 2.30 or later\n',
    })
  })
})

test('commits that were read before the clone turned out to be broken are given all the same', async () => {
  const source = new TestRepository()
  const lost = source.commit({ message: 'One\n' })
  source.commit({ message: 'Two\n' })
  const kept = source.commit({ message: 'Three\n' })
  rmSync(join(source.directory, '.git', 'objects', lost.slice(0, 2), lost.slice(2)))
  const { status, stdout, stderr } = await runCli(['assess', '--git', source.directory], source)
  expect(status).toBe(1)
  expect(stderr).toMatch(/^what-shipped: git log ended with [^\n]+\n$/)
  expect(parseLines(stdout)[0]).toMatchObject({ sha: kept })
})
