import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openRepository, readCommitBatches, readCommits } from '../../src/git/index.ts'
import type { Commit } from '../../src/provenance/index.ts'
import { TestRepository, withGit } from '../support/git-repository.ts'
import { propertyRuns } from '../support/property-runs.ts'

async function read(
  source: TestRepository,
  revisions: readonly string[] = [],
  directory = source.directory,
): Promise<Commit[]> {
  const repository = await openRepository(directory, { environment: source.environment })
  return Array.fromAsync(readCommits(repository, { revisions }))
}

async function readOne(source: TestRepository): Promise<Commit> {
  const commits = await read(source)
  expect(commits).toHaveLength(1)
  return commits[0] ?? { message: '' }
}

describe('a commit', () => {
  test('everything that a clone knows of it', async () => {
    const source = new TestRepository()
    const sha = source.commit({ message: 'Add the thing\n\nBecause.\n\nAssisted-by: Claude\n' })
    expect(await readOne(source)).toEqual({
      sha,
      message: 'Add the thing\n\nBecause.\n\nAssisted-by: Claude\n',
      author: { name: 'Dev', email: 'dev@example.com' },
      committer: { name: 'Committer', email: 'committer@example.com' },
      authoredAt: 1_750_000_000_000,
      committedAt: 1_750_003_600_000,
      parents: 0,
    })
  })

  test.each([
    ['empty', ''],
    ['without a last newline', 'subject'],
    ['with blank lines around', '\n\nsubject\n\n\n'],
    ['with carriage returns', 'subject\r\n\r\nbody\r\n'],
    [
      'with what looks like a separator',
      'commit 1234\0x01\n\u0001\u001e\u001f%x00'.replace('\0', ''),
    ],
    ['with every script', 'Ünï 漢字 🚢 \u202e عربى \ufeff'],
    ['with a byte order mark first', '\ufeffsubject\n'],
    ['of a megabyte', `subject\n\n${'0123456789abcde\n'.repeat(65_536)}`],
  ])('a message %s is kept to the byte', async (_, message) => {
    const source = new TestRepository()
    source.commit({ message })
    expect((await readOne(source)).message).toBe(message)
  })

  test('a message of a megabyte between others', async () => {
    const source = new TestRepository()
    const long = 'é'.repeat(500_000)
    const messages = ['one', long, 'three', `${long}!`, 'five']
    for (const message of messages) source.commit({ message })
    expect((await read(source)).map(({ message }) => message)).toEqual(messages.toReversed())
  })

  test.each([
    ['ISO-8859-1', Buffer.from('Andr\xe9', 'latin1'), 'André'],
    ['Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
    ['UTF-7', Buffer.from('Andr+AOk-'), 'André'],
  ])('a name and a message in %s are re-encoded', async (encoding, bytes, text) => {
    const source = new TestRepository()
    source.commit({
      message: Buffer.concat([Buffer.from('By '), bytes]),
      author: Buffer.concat([bytes, Buffer.from(' <dev@example.com> 1 -0100')]),
      // In UTF-7 a zone with a plus would be a broken character.
      committer: 'Dev <dev@example.com> 1 -0100',
      headers: [`encoding ${encoding}`],
    })
    const commit = await readOne(source)
    expect(commit.message).toBe(`By ${text}`)
    expect(commit.author).toEqual({ name: text, email: 'dev@example.com' })
  })

  test('a NUL that only re-encoding brings to light shifts nothing that follows', async () => {
    const source = new TestRepository()
    const hidden = 'a+AAA-b <dev@example.com> 1 -0100'
    const headers = ['encoding UTF-7']
    source.commit({ message: 'x+AAA-y', author: hidden, committer: hidden, headers })
    source.commit({ message: 'next\n' })
    const [next, commit] = await read(source)
    expect(next).toMatchObject({ message: 'next\n', parents: 1 })
    expect(commit).toMatchObject({ message: expect.stringMatching(/^x/), parents: 0 })
  })

  test.each([
    ['an encoding that nobody knows', ['encoding KLINGON']],
    ['no encoding', []],
  ])('bytes that are not UTF-8, with %s, are replaced', async (_, headers) => {
    const source = new TestRepository()
    source.commit({ message: Buffer.from('caf\xe9\n', 'latin1'), headers })
    expect((await readOne(source)).message).toBe('caf\ufffd\n')
  })

  test('a message that breaks off at a NUL ends there, as git has it', async () => {
    const source = new TestRepository()
    source.commit({ message: 'before\0after\n' })
    source.commit({ message: 'next\n' })
    expect((await read(source)).map(({ message }) => message)).toEqual(['next\n', 'before'])
  })

  test.each([
    ['an empty name', ' <dev@example.com> 1 +0000', { name: '', email: 'dev@example.com' }],
    ['no address', 'Dev <> 1 +0000', { name: 'Dev', email: '' }],
    ['neither', ' <> 1 +0000', { name: '', email: '' }],
    ['no brackets', 'Dev dev@example.com', { name: '', email: '' }],
    [
      'an address that is none',
      'Dev <not an address> 1 +0000',
      { name: 'Dev', email: 'not an address' },
    ],
    [
      'a bot',
      'x[bot] <1+x[bot]@users.noreply.github.com> 1 +0000',
      { name: 'x[bot]', email: '1+x[bot]@users.noreply.github.com' },
    ],
    [
      'another script',
      '漢字 <dev@example.com> 1 +0000',
      { name: '漢字', email: 'dev@example.com' },
    ],
  ])('an author with %s', async (_, author, identity) => {
    const source = new TestRepository()
    source.commit({ message: 'x\n', author })
    expect((await readOne(source)).author).toEqual(identity)
  })

  test.each<[string, number | undefined]>([
    ['0 +0000', 0],
    ['1 -1200', 1000],
    ['8640000000000 +0000', 8_640_000_000_000_000],
    ['8640000000001 +0000', undefined],
    ['99999999999999999999 +0000', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('the author date "%s"', async (date, expected) => {
    const source = new TestRepository()
    source.commit({ message: 'x\n', author: `Dev <dev@example.com> ${date}` })
    expect((await readOne(source)).authoredAt).toBe(expected)
  })

  test('a date before 1970 is as much as git makes of it, and the rest is read', async () => {
    const source = new TestRepository()
    source.commit({ message: 'x\n', author: 'Dev <dev@example.com> -86400 +0000' })
    const { authoredAt, author, message } = await readOne(source)
    expect([undefined, -86_400_000]).toContain(authoredAt)
    expect({ author, message }).toEqual({
      author: { name: 'Dev', email: 'dev@example.com' },
      message: 'x\n',
    })
  })
})

describe('a history', () => {
  test('merges, roots and their number of parents', async () => {
    const source = new TestRepository()
    const root = source.commit({ message: 'root\n' })
    const side = source.commit({ message: 'side\n', branch: 'side', parents: [root] })
    const other = source.commit({ message: 'other root\n', branch: 'other' })
    const main = source.commit({ message: 'main\n' })
    source.commit({ message: 'octopus\n', parents: [main, side, other] })
    const parents = new Map((await read(source)).map((commit) => [commit.message, commit.parents]))
    expect(parents).toEqual(
      new Map([
        ['octopus\n', 3],
        ['main\n', 1],
        ['side\n', 1],
        ['other root\n', 0],
        ['root\n', 0],
      ]),
    )
  })

  test('in a SHA-256 repository', async () => {
    const source = new TestRepository({ objectFormat: 'sha256' })
    source.commit({ message: 'root\n' })
    const sha = source.commit({ message: 'second\n' })
    const [commit] = await read(source)
    expect(commit).toMatchObject({ sha, parents: 1 })
    expect(sha).toHaveLength(64)
  })

  test('in a bare clone, in a directory with an odd name', async () => {
    const source = new TestRepository({ name: ' a\n"b" --all', bare: true })
    source.commitMany(3)
    expect((await read(source)).map(({ message }) => message)).toEqual([
      'Commit 3\n',
      'Commit 2\n',
      'Commit 1\n',
    ])
  })

  test('a shallow clone does not say how many parents its oldest commits have', async () => {
    const source = new TestRepository({ name: 'a\nb' })
    const root = source.commit({ message: 'root\n' })
    const side = source.commit({ message: 'side\n', branch: 'side', parents: [root] })
    source.commit({ message: 'merge\n', parents: [root, side] })
    source.commit({ message: 'last\n' })
    const directory = source.clone('shallow', '--depth=2')
    const commits = await read(source, [], directory)
    expect(commits.map(({ message, parents }) => [message, parents])).toEqual([
      ['last\n', 1],
      ['merge\n', undefined],
    ])
  })

  test.each(['blob:none', 'tree:0'])('a partial clone without %s', async (filter) => {
    const source = new TestRepository()
    source.commitFile('a.txt', 'one\n')
    source.commitFile('b.txt', 'two\n')
    source.git(['config', 'uploadpack.allowFilter', 'true'])
    const directory = source.clone('partial', `--filter=${filter}`, '--no-checkout')
    const commits = await read(source, [], directory)
    expect(commits.map(({ message }) => message)).toEqual(['Add b.txt\n', 'Add a.txt\n'])
  })

  test('of many commits comes in batches, none empty, that are together the same', async () => {
    const source = new TestRepository()
    source.commitMany(3000, (number) => `${number}\n${'x'.repeat(number % 200)}\n`)
    const repository = await openRepository(source.directory, { environment: source.environment })
    const batches = await Array.fromAsync(readCommitBatches(repository))
    expect(batches.length).toBeGreaterThan(1)
    expect(batches.every((batch) => batch.length > 0)).toBe(true)
    const commits = await Array.fromAsync(readCommits(repository))
    expect(batches.flat()).toEqual(commits)
    expect(commits.map(({ message }) => Number.parseInt(message, 10))).toEqual(
      Array.from({ length: 3000 }, (_, index) => 3000 - index),
    )
  })

  test('any messages at all are read as they were written', async () => {
    const message = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 20 }), async (messages) => {
        const source = new TestRepository()
        source.commitMany(messages.length, (number) => messages[number - 1] ?? '')
        const commits = await read(source)
        expect(commits.map((commit) => commit.message)).toEqual(
          messages.toReversed().map((text) => text.toWellFormed()),
        )
      }),
      { numRuns: propertyRuns(10) },
    )
  })
})

describe('revisions', () => {
  function branches(): TestRepository {
    const source = new TestRepository()
    const root = source.commit({ message: 'root\n' })
    source.commit({ message: 'main\n' })
    source.commit({ message: 'topic\n', branch: 'topic', parents: [root] })
    source.git(['tag', 'v1', root])
    return source
  }

  test.each([
    [[], ['main', 'root']],
    [['topic'], ['topic', 'root']],
    [['v1..topic'], ['topic']],
    [['main', '^v1'], ['main']],
    [
      ['main', 'topic'],
      ['main', 'root', 'topic'],
    ],
    [['main...topic'], ['main', 'topic']],
    [['v1..v1'], []],
  ])('%j', async (revisions, expected) => {
    const commits = await read(branches(), revisions)
    expect(commits.map(({ message }) => message.trim()).sort()).toEqual(expected.toSorted())
  })

  test.each([
    'nowhere',
    'main..nowhere',
    '0123456789012345678901234567890123456789',
    '--all',
    '--output=FILE',
    '-p',
    '--exec-path',
    '--end-of-options',
    '; touch FILE',
    'no\u001b[31mred',
  ])('%j is refused, with what to do', async (given) => {
    const source = branches()
    const file = join(source.home, 'written')
    const revision = given.replace('FILE', file)
    await expect(read(source, [revision])).rejects.toMatchObject({
      name: 'GitError',
      reason: 'bad-revision',
      message: expect.stringMatching(
        /^[^\p{Cc}]+ is not in this clone: name a branch, a tag, a commit or a range, or fetch it first$/u,
      ),
      cause: { reason: 'failed' },
    })
    expect(existsSync(file)).toBe(false)
  })

  test.each(['', '--', 'a\0b'])('%j is refused before git sees it', async (revision) => {
    await expect(read(branches(), ['main', revision])).rejects.toMatchObject({
      reason: 'bad-revision',
      message: `${JSON.stringify(revision)} is no revision; name a branch, a tag, a commit or a range`,
    })
  })

  test('a branch that is called like a file or like an option', async () => {
    const source = branches()
    source.git(['update-ref', 'refs/heads/--all', 'topic'])
    source.git(['update-ref', 'refs/heads/a.txt', 'topic'])
    const named = await read(source, ['refs/heads/--all', 'a.txt'])
    expect(named.map(({ message }) => message.trim())).toEqual(['topic', 'root'])
  })

  test('HEAD on a branch without commits', async () => {
    const source = new TestRepository()
    source.commit({ message: 'x\n', branch: 'topic' })
    await expect(read(source)).rejects.toMatchObject({ reason: 'bad-revision' })
    expect(await read(source, ['topic'])).toHaveLength(1)
  })
})

describe('notes', () => {
  const ref = 'refs/notes/ai'
  const flat = (sha: string) => sha
  const fanOut = (sha: string) => `${sha.slice(0, 2)}/${sha.slice(2)}`
  const deepFanOut = (sha: string) => `${sha.slice(0, 2)}/${sha.slice(2, 4)}/${sha.slice(4)}`

  test.each([
    ['flat', flat],
    ['in a fan-out of one level', fanOut],
    ['in a fan-out of two levels', deepFanOut],
  ])('%s', async (_, path) => {
    const source = new TestRepository()
    const first = source.commit({ message: 'one\n' })
    source.commit({ message: 'two\n' })
    const text = 'src/a.rs\n  h_31dce776f88375 1\n---\n{"é": 1}\n'
    source.note(ref, new Map([[first, text]]), path)
    const [two, one] = await read(source)
    expect(one?.notes).toEqual(new Map([[ref, text]]))
    expect(two).not.toHaveProperty('notes')
  })

  test('of three megabytes, on every commit', async () => {
    const source = new TestRepository()
    const shas = [1, 2, 3].map((number) => source.commit({ message: `${number}\n` }))
    const long = `---\n${'x'.repeat(3_200_000)}\n`
    source.note(ref, new Map(shas.map((sha) => [sha, `${sha}\n${long}`])))
    const commits = await read(source)
    expect(commits.map(({ sha, notes }) => notes?.get(ref) === `${sha}\n${long}`)).toEqual([
      true,
      true,
      true,
    ])
  })

  test('with a NUL in it do not shift what follows', async () => {
    const source = new TestRepository()
    const first = source.commit({ message: 'one\n' })
    const second = source.commit({ message: 'two\n' })
    source.note(
      ref,
      new Map([
        [first, 'a\0b\n'],
        [second, '\0\n'],
      ]),
    )
    const [two, one] = await read(source)
    expect([two?.message, one?.message]).toEqual(['two\n', 'one\n'])
    expect(one?.notes?.get(ref)).toBe('a\nb\n')
  })

  test('of several refs are kept apart', async () => {
    const source = new TestRepository()
    source.commitMany(400)
    const shas = source.git(['rev-list', 'main']).split('\n')
    const [last = '', before = ''] = shas
    const [a, b, c] = ['refs/notes/a', 'refs/notes/b', 'refs/notes/c'] as const
    source.note(a, new Map([[last, 'a on last\n']]))
    source.note(b, new Map(shas.map((sha) => [sha, `b on ${sha}\n`])))
    source.note(c, new Map([[before, 'c on the one before\n']]))
    const repository = await openRepository(source.directory, {
      environment: source.environment,
      notesRefs: [a, 'refs/notes/absent', b, c],
    })
    expect(repository.notesRefs).toEqual([a, b, c])
    const commits = await Array.fromAsync(readCommits(repository))
    expect(commits[0]?.notes).toEqual(
      new Map([
        [a, 'a on last\n'],
        [b, `b on ${last}\n`],
      ]),
    )
    expect(commits[1]?.notes).toEqual(
      new Map([
        [b, `b on ${before}\n`],
        [c, 'c on the one before\n'],
      ]),
    )
    expect(commits.at(-1)?.notes).toEqual(new Map([[b, `b on ${shas.at(-1)}\n`]]))
  })

  test('of no ref, when none is asked for', async () => {
    const source = new TestRepository()
    const sha = source.commit({ message: 'one\n' })
    source.note(ref, new Map([[sha, 'x\n']]))
    const repository = await openRepository(source.directory, {
      environment: source.environment,
      notesRefs: [],
    })
    const [commit] = await Array.fromAsync(readCommits(repository))
    expect(commit).not.toHaveProperty('notes')
  })

  test.each(['notes/ai', 'refs/heads/main', 'refs/notes/*', 'refs/notes/a b', '--all'])(
    'the name %s is no notes ref',
    async (name) => {
      const source = new TestRepository()
      source.commit({ message: 'one\n' })
      await expect(
        openRepository(source.directory, { environment: source.environment, notesRefs: [name] }),
      ).rejects.toThrow(new TypeError(`${name} is no notes ref`))
    },
  )

  test.each(['blob:none', 'tree:0'])(
    'that a partial clone without %s left behind are not read, and the clone says so',
    async (filter) => {
      const source = new TestRepository()
      const sha = source.commit({ message: 'one\n' })
      source.note(ref, new Map([[sha, 'note\n']]), fanOut)
      source.git(['config', 'uploadpack.allowFilter', 'true'])
      const directory = source.clone('partial', `--filter=${filter}`, '--no-checkout')
      source.git(['-C', directory, 'fetch', '--quiet', 'origin', `${ref}:${ref}`])
      const partial = await openRepository(directory, { environment: source.environment })
      expect(partial.notesRefs).toEqual([])
      expect(partial.warnings).toEqual([
        'the notes of refs/notes/ai are not all in this partial clone and are not read; run ' +
          '"git fetch --refetch --no-filter origin refs/notes/ai:refs/notes/ai" in it to get them',
      ])
      const [commit] = await Array.fromAsync(readCommits(partial))
      expect(commit).toMatchObject({ sha, message: 'one\n' })
      expect(commit).not.toHaveProperty('notes')
    },
  )

  test('that a partial clone does have are read', async () => {
    const source = new TestRepository()
    const sha = source.commit({ message: 'one\n' })
    source.note(ref, new Map([[sha, 'note\n']]))
    source.git(['config', 'uploadpack.allowFilter', 'true'])
    const directory = source.clone('partial', '--filter=blob:none', '--no-checkout')
    source.git(['-C', directory, 'fetch', '--quiet', '--no-filter', 'origin', `${ref}:${ref}`])
    const [commit] = await read(source, [], directory)
    expect(commit?.notes?.get(ref)).toBe('note\n')
  })
})

describe('a reader that stops early', () => {
  /** Commits without end, and the id of the process that writes them in a file. */
  const ENDLESS = `
case "$*" in *" log "*)
  echo $$ > "$HOME/pid"
  while printf '${'a'.repeat(40)}\\000\\000Dev\\000d\\0001\\000Dev\\000d\\0001\\000m\\000'; do :; done
esac
PATH=$(echo "$PATH" | cut -d: -f2-) exec git "$@"`

  test('ends git, however much git still has to say', async () => {
    const source = new TestRepository()
    source.commit({ message: 'one\n' })
    const environment = withGit(source.environment, ENDLESS)
    const repository = await openRepository(source.directory, { environment })
    let seen = 0
    for await (const commit of readCommits(repository)) {
      expect(commit.message).toBe('m')
      seen += 1
      if (seen === 1000) break
    }
    const id = Number(readFileSync(join(source.home, 'pid'), 'utf8'))
    expect(id).toBeGreaterThan(0)
    expect(() => process.kill(id, 0)).toThrow('ESRCH')
  })

  test('ends git by a signal, whose reason it gets', async () => {
    const source = new TestRepository()
    source.commit({ message: 'one\n' })
    const environment = withGit(source.environment, ENDLESS)
    const repository = await openRepository(source.directory, { environment })
    const controller = new AbortController()
    const reason = new Error('enough')
    await expect(async () => {
      for await (const _ of readCommits(repository, { signal: controller.signal })) {
        controller.abort(reason)
      }
    }).rejects.toBe(reason)
    const id = Number(readFileSync(join(source.home, 'pid'), 'utf8'))
    expect(() => process.kill(id, 0)).toThrow('ESRCH')
  })

  test('also ends the readers of further notes refs', async () => {
    const source = new TestRepository()
    source.commitMany(2000)
    const shas = source.git(['rev-list', 'main']).split('\n')
    const refs = ['refs/notes/a', 'refs/notes/b']
    for (const ref of refs) source.note(ref, new Map(shas.map((sha) => [sha, `${ref}\n`])))
    const repository = await openRepository(source.directory, {
      environment: source.environment,
      notesRefs: refs,
    })
    for await (const commit of readCommits(repository)) {
      expect(commit.notes?.size).toBe(2)
      break
    }
  })
})

describe('a git that fails on the way', () => {
  test('a commit that is missing ends the reading with what git says of it', async () => {
    const source = new TestRepository()
    const missing = '0123456789012345678901234567890123456789'
    source.commit({ message: 'orphan\n', parents: [missing] })
    for (let number = 0; number < 3; number += 1) source.commit({ message: `${number}\n` })
    const repository = await openRepository(source.directory, { environment: source.environment })
    await expect(Array.fromAsync(readCommits(repository))).rejects.toMatchObject({
      reason: 'failed',
      message: expect.stringMatching(
        /^git log ended with 128: .*(0123456789012345678901234567890123456789|traverse parents)/,
      ),
    })
  })

  test('commits before the failure are given', async () => {
    const source = new TestRepository()
    source.commitMany(3)
    const script = `case "$*" in
      *" log "*) PATH=$(echo "$PATH" | cut -d: -f2-) git "$@"; echo 'warning: old' >&2; echo 'fatal: disk on fire' >&2; exit 128;;
      *) PATH=$(echo "$PATH" | cut -d: -f2-) exec git "$@";; esac`
    const environment = withGit(source.environment, script)
    const repository = await openRepository(source.directory, { environment })
    const seen: string[] = []
    await expect(async () => {
      for await (const { message } of readCommits(repository)) seen.push(message)
    }).rejects.toMatchObject({
      reason: 'failed',
      message: 'git log ended with 128: disk on fire',
      stderr: 'warning: old\nfatal: disk on fire\n',
    })
    expect(seen).toEqual(['Commit 3\n', 'Commit 2\n', 'Commit 1\n'])
  })

  test('a clone that changes under a reader of two notes refs', async () => {
    const source = new TestRepository()
    source.commitMany(2)
    const [last = ''] = source.git(['rev-list', 'main']).split('\n')
    const refs = ['refs/notes/a', 'refs/notes/b']
    for (const ref of refs) source.note(ref, new Map([[last, 'x\n']]))
    const script = `
      export PATH=$(echo "$PATH" | cut -d: -f2-)
      case "$*" in *--notes=refs/notes/b*) exec git -C "$3" log -z -1 --format='%H%x00%N' main~1;; esac
      exec git "$@"`
    const repository = await openRepository(source.directory, {
      environment: withGit(source.environment, script.replace('"$3"', `"${source.directory}"`)),
      notesRefs: refs,
    })
    await expect(Array.fromAsync(readCommits(repository))).rejects.toMatchObject({
      reason: 'failed',
      message: 'the clone changed while it was read; run the command again',
    })
  })
})
