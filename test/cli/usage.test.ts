import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run-command.ts'
import { findForbiddenWords } from '../support/forbidden-words.ts'
import { root } from '../support/repository.ts'
import { runCli } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

const verbs =
  'the verbs are assess, export, report, serve, and "what-shipped help" tells what they do'

describe('without a verb of ours, one line says which there are, and the status is 2', () => {
  test.each<[readonly string[], string]>([
    [[], 'name a verb'],
    [['asses'], 'there is no verb "asses"'],
    [['--git', '.'], 'there is no verb "--git"'],
    [['\u001b[2J\n'], 'there is no verb "\\u001b[2J\\n"'],
  ])('%j', async (args, complaint) => {
    expect(await runInProcess(args)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `what-shipped: ${complaint}; ${verbs}\n`,
    })
  })
})

describe('wrong usage ends with status 2 and one line: what is wrong, and where to read how it is right', () => {
  test.each<[readonly [string, ...string[]], string]>([
    [['assess', '--git'], "Option '--git <value>' argument missing"],
    [['assess', '--git', ''], '--git needs a directory'],
    [['assess', '--messages='], '--messages needs a file'],
    [['assess', '--git', '.', '--all'], "Unknown option '--all'"],
    [['assess', '--git', '.', '-n', '5'], "Unknown option '-n'"],
    [['assess', '--git', '--all'], "Option '--git' argument is ambiguous"],
    [['assess', '--git', '.', '--messages', '-'], 'assess reads a clone or messages, not both'],
    [['assess', '--messages', '-', 'main'], '--messages takes no revisions'],
    [['assess', 'main'], 'revisions need --git DIR before them'],
    [['export'], 'export needs a SOURCE'],
    [['export', '.', '--jsno'], "Unknown option '--jsno'"],
    [['report'], 'report needs a SOURCE, or --example'],
    [['report', '--example', '.'], 'report reads one SOURCE'],
    [
      ['report', '.', '--format', 'pdf'],
      '--format needs one of terminal, html, md, json, ndjson, csv',
    ],
    [['report', '.', '--progress', '0'], '--progress needs seconds, from 1 to 9999'],
    [['report', '.', '--progress', '1.5'], '--progress needs seconds, from 1 to 9999'],
    [['serve', '.', '.'], 'serve shows one SOURCE'],
    [['serve', ''], 'SOURCE is empty'],
    [['serve', '--port', '1'], "Unknown option '--port'"],
    [['report', '.', '--out', ''], '--out needs a file'],
    [['report', '.', '--name', ''], '--name needs 1 to 100 characters in one line'],
    [['report', '.', '--name', 'two\nlines'], '--name needs 1 to 100 characters in one line'],
    [
      ['report', '.', '--diffs'],
      '--diffs needs owner/name on GitHub: reviews are compared only there',
    ],
  ])('%j', async (args, complaint) => {
    const { status, stdout, stderr } = await runInProcess(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe(
      `what-shipped: ${complaint}; "what-shipped help ${args[0]}" tells how it is used\n`,
    )
  })

  test('as a child process too', async () => {
    const { status, stdout, stderr } = await runCli(['assess', '--nonsense'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^what-shipped: Unknown option '--nonsense'; .*\n$/)
  })
})

describe('help', () => {
  test.each([[['help']], [['--help']], [['-h']], [['help', 'nonsense']]])(
    '%j is a result',
    async (args) => {
      const { status, stdout, stderr } = await runInProcess(args)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/^Usage: what-shipped VERB \.\.\.\n[\s\S]*wrong usage\.\n$/)
      expect(stdout).toMatch(/^ {2}assess [\s\S]*^ {2}export /m)
    },
  )

  test.each([[['assess', '--help']], [['assess', '-h', 'x']], [['help', 'assess']]])(
    '%j is of that verb alone',
    async (args) => {
      const { status, stdout, stderr } = await runInProcess(args)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/^Usage: what-shipped VERB \.\.\.\n\n {2}assess /)
      expect(stdout).not.toMatch(/^ {2}export /m)
    },
  )

  test('fits a terminal, in words that judge nobody', async () => {
    const { stdout } = await runInProcess(['help'])
    expect(stdout.split('\n').filter((line) => line.length > 79)).toEqual([])
    expect(findForbiddenWords(stdout)).toEqual([])
  })

  test('is no help where it is the name of a revision', async () => {
    const { status } = await runInProcess(['assess', '--git', '.', '--', '--help'])
    expect(status).toBe(1)
  })
})

test('--version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(await runInProcess(['--version'])).toMatchObject({
    status: 0,
    stdout: `${version}\n`,
    stderr: '',
  })
})

test('where nobody reads the diagnostics, the status still tells', async () => {
  const closed = () =>
    new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
    })
  const { surroundings } = await runInProcess(['help'])
  expect(await runCommand(['nonsense'], { ...surroundings, stderr: closed() })).toBe(2)
})
