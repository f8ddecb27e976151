import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openRepository, readCommits } from '../../src/git/index.ts'
import { runGit, streamGit } from '../../src/git/stream-git.ts'
import {
  isolatedEnvironment,
  TestRepository,
  temporaryDirectory,
  withGit,
} from '../support/git-repository.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Where a program of our own runs in place of git. */
function locationOf(script: string) {
  const directory = temporaryDirectory()
  return { directory, environment: withGit(isolatedEnvironment(directory), script) }
}

describe('streamGit', () => {
  test('gives what git writes', async () => {
    const { directory, environment } = locationOf('printf "one\\0two"; echo ignored >&2')
    expect(await runGit({ directory, environment }, ['log'])).toBe('one\0two')
  })

  test('gives git what it is to read, however much that is', async () => {
    const input = 'line\n'.repeat(100_000)
    const output = streamGit(locationOf('wc -l'), ['log'], {}, { input })
    expect(String((await Array.fromAsync(output))[0]).trim()).toBe('100000')
  })

  test('a git that ends without reading its input is no error', async () => {
    const input = 'line\n'.repeat(100_000)
    const output = streamGit(locationOf('echo done'), ['log'], {}, { input })
    expect(String((await Array.fromAsync(output))[0])).toBe('done\n')
  })

  describe('ahead of its reader', () => {
    const script = 'head -c 1000000 /dev/zero; echo > "$HOME/written"'

    test('git goes on, and all that it wrote arrives', async () => {
      const location = locationOf(script)
      const output = streamGit(location, ['log'], {}, { ahead: 2_000_000 })
      const { value: first } = await output.next()
      await vi.waitFor(() => expect(existsSync(join(location.directory, 'written'))).toBe(true))
      const rest = await Array.fromAsync(output)
      expect(Buffer.concat([first ?? Buffer.alloc(0), ...rest])).toHaveLength(1_000_000)
    })

    test('it is told when git fails after all, and what came before is not lost', async () => {
      const location = locationOf('head -c 1000000 /dev/zero; exit 3')
      const output = streamGit(location, ['log'], {}, { ahead: 2_000_000 })
      let length = 0
      const reading = async () => {
        for await (const chunk of output) length += chunk.length
      }
      await expect(reading()).rejects.toMatchObject({ reason: 'failed' })
      expect(length).toBe(1_000_000)
    })

    test('a reader that has enough ends it', async () => {
      const output = streamGit(
        locationOf('echo $$; exec tail -f /dev/null'),
        ['log'],
        {},
        { ahead: 1_000 },
      )
      const { value } = await output.next()
      await output.return()
      expect(() => process.kill(Number(value), 0)).toThrow('ESRCH')
    })
  })

  test("a git that says nothing is stopped, and the reader's own time is not counted", async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const location = locationOf('echo $$; exec tail -f /dev/null')
    const output = streamGit(location, ['log'])
    const first = await output.next()
    vi.advanceTimersByTime(600_000)
    const second = output.next()
    vi.advanceTimersByTime(119_999)
    const id = Number(first.value)
    expect(process.kill(id, 0)).toBe(true)
    vi.advanceTimersByTime(1)
    await expect(second).rejects.toMatchObject({
      name: 'GitError',
      reason: 'silent',
      message:
        'git wrote nothing for 120 s and was stopped; check the disk that holds the clone and try again',
    })
    expect(() => process.kill(id, 0)).toThrow('ESRCH')
  })

  test('a reader that stops while git is silent ends it too', async () => {
    const output = streamGit(locationOf('echo $$; exec tail -f /dev/null'), ['log'])
    const { value } = await output.next()
    await output.return()
    expect(() => process.kill(Number(value), 0)).toThrow('ESRCH')
  })

  test('a git that is stopped is not waited for by way of its children', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const output = streamGit(locationOf('tail -f /dev/null & echo $!; wait'), ['log'])
    const first = await output.next()
    const second = output.next()
    vi.advanceTimersByTime(120_000)
    await expect(second).rejects.toMatchObject({ reason: 'silent' })
    process.kill(Number(first.value), 'SIGKILL')
  })

  test('a signal that was given before is obeyed before git starts', async () => {
    const location = locationOf('touch "$HOME/ran"')
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(runGit(location, ['log'], { signal })).rejects.toThrow('too late')
    expect(existsSync(join(location.directory, 'ran'))).toBe(false)
  })

  test('a signal that is given while git starts is obeyed', async () => {
    const controller = new AbortController()
    const output = streamGit(locationOf('exec tail -f /dev/null'), ['log'], {
      signal: controller.signal,
    })
    const first = output.next()
    controller.abort(new Error('changed my mind'))
    await expect(first).rejects.toThrow('changed my mind')
  })

  test.each([
    ['nothing', 'exit 3', 'git log ended with 3'],
    ['one line', 'echo "fatal: no luck" >&2; exit 128', 'git log ended with 128: no luck'],
    [
      'a hint first',
      'printf "hint: x\\nerror: bad\\nfatal: y\\n" >&2; exit 1',
      'git log ended with 1: bad',
    ],
    ['other words', 'printf "\\n  oh dear\\n" >&2; exit 1', 'git log ended with 1: oh dear'],
    [
      "a terminal's codes",
      'printf "fatal: \\033[31mred\\a\\n" >&2; exit 1',
      'git log ended with 1: [31mred',
    ],
    [
      'too much',
      'printf "fatal: %05000d" 7 >&2; exit 1',
      `git log ended with 1: ${'0'.repeat(300)}…`,
    ],
    ['a signal', 'kill -TERM $$', 'git log ended with SIGTERM'],
  ])('a git that fails and says %s', async (_, script, message) => {
    await expect(runGit(locationOf(script), ['log'])).rejects.toMatchObject({
      reason: 'failed',
      message,
    })
  })

  test('of a stderr without end, the beginning is kept', async () => {
    const location = locationOf(
      'yes "warning: x" | head -c 1000000 >&2; echo "fatal: y" >&2; exit 1',
    )
    await expect(runGit(location, ['log'])).rejects.toMatchObject({
      message: 'git log ended with 1: warning: x',
      stderr: expect.stringMatching(/^(warning: x\n){744}warn/),
    })
  })

  test('what git is given of the caller, and what not', async () => {
    const location = locationOf('env; printf "%s\\n" "$@"')
    const environment = {
      ...location.environment,
      SECRET: 'x',
      LANG: 'de_DE.UTF-8',
      LC_ALL: 'de_DE.UTF-8',
      GIT_DIR: '/elsewhere',
      GIT_TRACE: '1',
      GIT_EXTERNAL_DIFF: 'touch x',
      GIT_PAGER: 'touch x',
      GIT_ALLOW_PROTOCOL: 'ext',
      GIT_CONFIG_COUNT: '0',
      GIT_EXEC_PATH: '/libexec',
    }
    const printed = await runGit({ ...location, environment }, ['log'])
    const lines = printed.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'GIT_ALLOW_PROTOCOL=none',
        'GIT_CONFIG_COUNT=0',
        'GIT_EXEC_PATH=/libexec',
        'GIT_NO_LAZY_FETCH=1',
        'GIT_NO_REPLACE_OBJECTS=1',
        'GIT_OPTIONAL_LOCKS=0',
        'GIT_TERMINAL_PROMPT=0',
        'LC_ALL=C',
        '--no-pager',
        'protocol.allow=never',
        'core.fsmonitor=false',
        'log.showSignature=false',
      ]),
    )
    expect(printed).not.toMatch(/^GIT_(?:DIR|TRACE|EXTERNAL_DIFF|PAGER)=/m)
  })
})

describe('a clone that is out to harm', () => {
  test('its settings run nothing, fetch nothing and change nothing of what is read', async () => {
    const source = new TestRepository()
    const root = source.commit({ message: 'root\n' })
    const signed = source.commit({
      message: 'signed\n',
      headers: ['gpgsig -----BEGIN PGP SIGNATURE-----', ' ', ' x', ' -----END PGP SIGNATURE-----'],
    })
    const expected = await readAll(source)
    expect(expected.map(({ message }) => message)).toEqual(['signed\n', 'root\n'])

    const replacement = source.commit({ message: 'replaced\n', branch: 'replacement', parents: [] })
    source.git(['replace', signed, replacement])
    mkdirSync(join(source.directory, '.git', 'info'), { recursive: true })
    writeFileSync(join(source.directory, '.git', 'info', 'grafts'), `${signed}\n`)
    source.note('refs/notes/other', new Map([[root, 'not asked for\n']]))

    const marker = join(source.home, 'ran')
    const trap = join(source.home, 'trap')
    writeFileSync(trap, `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 })
    const hooks = join(source.home, 'hooks')
    mkdirSync(hooks)
    for (const hook of ['post-index-change', 'reference-transaction', 'pre-auto-gc']) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 })
    }
    const mailmap = join(source.home, 'mailmap')
    writeFileSync(mailmap, 'Someone Else <else@example.com> <dev@example.com>\n')
    for (const [name, value] of Object.entries({
      'alias.log': `!${trap}`,
      'alias.rev-parse': `!${trap}`,
      'color.ui': 'always',
      'core.alternateRefsCommand': trap,
      'core.askPass': trap,
      'core.editor': trap,
      'core.fsmonitor': trap,
      'core.hooksPath': hooks,
      'core.notesRef': 'refs/notes/other',
      'core.pager': trap,
      'core.sshCommand': trap,
      'core.useReplaceRefs': 'true',
      'credential.helper': trap,
      'diff.external': trap,
      'format.pretty': 'oneline',
      'gpg.program': trap,
      'i18n.logOutputEncoding': 'UTF-16',
      'interactive.diffFilter': trap,
      'log.abbrevCommit': 'true',
      'log.date': 'relative',
      'log.decorate': 'full',
      'log.follow': 'true',
      'log.mailmap': 'true',
      'log.showSignature': 'true',
      'mailmap.file': mailmap,
      'notes.displayRef': 'refs/notes/*',
      'pager.log': trap,
      'protocol.allow': 'always',
      'protocol.ext.allow': 'always',
      'remote.origin.uploadpack': trap,
      'remote.origin.url': `ext::${trap}`,
    })) {
      source.git(['config', name, value])
    }

    expect(await readAll(source)).toEqual(expected)
    expect(existsSync(marker)).toBe(false)
  })

  test('a missing object is not fetched, by whatever transport the clone names', async () => {
    const source = new TestRepository()
    source.commit({ message: 'orphan\n', parents: ['0123456789012345678901234567890123456789'] })
    const marker = join(source.home, 'ran')
    const trap = join(source.home, 'trap')
    writeFileSync(trap, `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 })
    for (const [name, value] of Object.entries({
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'origin',
      'protocol.ext.allow': 'always',
      'remote.origin.promisor': 'true',
      'remote.origin.url': `ext::${trap}`,
    })) {
      source.git(['config', name, value])
    }
    await expect(readAll(source)).rejects.toMatchObject({ reason: 'failed' })
    expect(existsSync(marker)).toBe(false)
  })
})

async function readAll(source: TestRepository) {
  const repository = await openRepository(source.directory, { environment: source.environment })
  return Array.fromAsync(readCommits(repository))
}
