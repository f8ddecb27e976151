import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseLines } from '../support/assessment-line.ts'
import { TestRepository } from '../support/git-repository.ts'
import { commandLine } from '../support/run-cli.ts'

/** So many commits that their lines fill every buffer on the way many times. */
const many = 10_000

const repository = () => {
  const source = new TestRepository()
  source.commitMany(many)
  return source
}

test('a pipe whose reader has enough is no error', () => {
  const { directory, environment } = repository()
  const script = `"$@" | head -n 2; echo "status \${PIPESTATUS[0]}"`
  const command = [process.execPath, ...commandLine, 'assess', '--git', directory]
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    encoding: 'utf8',
    env: environment,
  })
  const [first, second, ...rest] = stdout.split('\n')
  expect(parseLines(`${first}\n${second}\n`)).toHaveLength(2)
  expect({ rest, stderr }).toEqual({ rest: ['status 0', ''], stderr: '' })
})

test('a socket whose reader goes away is no error', async () => {
  const { directory, environment } = repository()
  const child = spawn(process.execPath, [...commandLine, 'assess', '--git', directory], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  const [chunk] = await once(child.stdout, 'data')
  child.stdout.destroy()
  const [status, signal] = await closed
  expect(String(chunk)).toMatch(/^\{"sha":"/)
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' })
})

test.skipIf(!existsSync('/dev/full'))('a device that is full is an error, in one line', () => {
  const { directory, environment } = repository()
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', '"$@" > /dev/full', 'bash', process.execPath, ...commandLine].concat(
      ['assess', '--git'],
      directory,
    ),
    { encoding: 'utf8', env: environment },
  )
  expect(status).toBe(1)
  expect(stderr).toMatch(/^what-shipped: the results could not be written \(ENOSPC[^\n]*\n$/)
})
