import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run-command.ts'
import { findForbiddenWords } from '../support/forbidden-words.ts'
import { runCli } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

describe('wrong usage ends with status 2, what is wrong and how to do it right, and no result', () => {
  test.each<[readonly string[], string]>([
    [[], 'name what to do'],
    [['asses'], 'there is no verb "asses"'],
    [['--git', '.'], 'there is no verb "--git"'],
    [['\u001b[2J\n'], 'there is no verb "\\u001b[2J\\n"'],
    [['assess', '--git'], "Option '--git <value>' argument missing"],
    [['assess', '--git', ''], '--git needs a directory'],
    [['assess', '--messages='], '--messages needs a file'],
    [['assess', '--git', '.', '--all'], "Unknown option '--all'"],
    [['assess', '--git', '.', '-n', '5'], "Unknown option '-n'"],
    [['assess', '--git', '--all'], "Option '--git' argument is ambiguous"],
    [['assess', '--git', '.', '--messages', '-'], 'assess reads a clone or messages, not both'],
    [['assess', '--messages', '-', 'main'], '--messages takes no revisions'],
    [['assess', 'main'], 'revisions need --git DIR before them'],
  ])('%j', async (args, complaint) => {
    const { status, stdout, stderr } = await runInProcess(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    const [first, second, third] = stderr.split('\n')
    expect(first).toContain(`what-shipped: ${complaint}`)
    expect([second, third]).toEqual(['', 'Usage: what-shipped VERB ...'])
  })

  test('as a child process too', async () => {
    const { status, stdout, stderr } = await runCli(['assess', '--nonsense'])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^what-shipped: Unknown option '--nonsense'.*\n\nUsage: /)
  })
})

describe('help', () => {
  test.each([[['help']], [['--help']], [['-h']], [['assess', '--help']], [['assess', '-h', 'x']]])(
    '%j is a result',
    async (args) => {
      const { status, stdout, stderr } = await runInProcess(args)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/^Usage: what-shipped VERB \.\.\.\n[\s\S]*wrong usage\.\n$/)
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

test('where nobody reads the diagnostics, the status still tells', async () => {
  const closed = () =>
    new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error('EPIPE'), { code: 'EPIPE' })),
    })
  const { surroundings } = await runInProcess(['help'])
  expect(await runCommand(['nonsense'], { ...surroundings, stderr: closed() })).toBe(2)
})
