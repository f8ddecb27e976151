import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { lines } from '../support/ai-marks.ts'
import { parseLines } from '../support/assessment-line.ts'
import { TestRepository } from '../support/git-repository.ts'
import { commandLine } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

/** A history with every answer, and with what a terminal would act on in every place that a commit has. */
function repository(): TestRepository {
  const source = new TestRepository()
  const act = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e'
  const author = `${act} <${act}@example.com> 1750000000 +0000`
  const first = source.commit({
    message: `${act}\n\n${lines.claude}\nAssisted-by: ${act}\n`,
    author,
  })
  source.commit({ message: `Two\n\n${lines.none}\n` })
  const third = source.commit({ message: 'Three\n' })
  const side = source.commit({
    message: `Four\n\n${lines.cursor}\n`,
    branch: 'side',
    parents: [first],
  })
  source.commit({ message: `Merge\n\n${lines.claude}\n`, parents: [third, side] })
  return source
}

const terminal = { terminal: true }

test('a table instead of lines, with nothing from the commits in it that acts', async () => {
  const { directory, environment } = repository()
  const { status, stdout, stderr } = await runInProcess(['assess', '--git', directory], {
    environment: { ...environment, NO_COLOR: '1' },
    ...terminal,
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(stdout).toMatch(/^4 commits read; 1 merge is not counted\.\n/)
  expect(stdout).toMatch(/^ {2}AI recorded +2 +50\.0 %$/m)
  expect(stdout).toMatch(/^ {2}recorded as made without AI +1 +25\.0 %$/m)
  expect(stdout).toMatch(/^ {2}nothing recorded +1 +25\.0 %$/m)
})

test('the table counts what the lines say, without the merges', async () => {
  const { directory, environment } = repository()
  const piped = await runInProcess(['assess', '--git', directory], { environment })
  const table = await runInProcess(['assess', '--git', directory], { environment, ...terminal })
  const assisted = parseLines(piped.stdout).filter(
    ({ assistance, merge }) => assistance === 'assisted' && merge !== true,
  )
  expect(table.stdout).toMatch(new RegExp(`^  AI recorded +${assisted.length} `, 'm'))
})

test.each<[Record<string, string>, boolean]>([
  [{}, true],
  [{ TERM: 'xterm-256color' }, true],
  [{ NO_COLOR: '' }, true],
  [{ NO_COLOR: '1' }, false],
  [{ TERM: 'dumb' }, false],
])('with %j its heading is bold: %s', async (environment, bold) => {
  const { stdout } = await runInProcess(['assess', '--messages', '-'], {
    input: [`One\n\n${lines.claude}\0`],
    environment,
    ...terminal,
  })
  expect(stdout.includes('\u001b[1mCommits by tool')).toBe(bold)
  expect(stdout.includes('\u001b')).toBe(bold)
})

test('messages get a table too, and none of them an empty one', async () => {
  const { stdout } = await runInProcess(['assess', '--messages', '-'], terminal)
  expect(stdout).toMatch(/^0 commits read\.\n/)
  expect(stdout).not.toContain('%')
})

test('what cannot be read gives no table', async () => {
  const { directory, environment } = repository()
  const { status, stdout, stderr } = await runInProcess(['assess', '--git', directory, 'gone'], {
    environment,
    ...terminal,
  })
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(/^what-shipped: gone is not in this clone[^\n]*\n$/)
})

const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
)

test.skipIf(hasScript !== true)('a real terminal is taken for one', () => {
  const { directory, environment } = repository()
  const command = [process.execPath, ...commandLine, 'assess', '--git', directory]
  const { stdout } = spawnSync('script', ['-qec', command.map(quoted).join(' '), '/dev/null'], {
    encoding: 'utf8',
    env: environment,
  })
  expect(stdout).toMatch(/^4 commits read; 1 merge is not counted\.\r\n/)
})

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
