import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { TestRepository, temporaryDirectory } from '../support/git-repository.ts'
import { commandLine, runCli } from '../support/run-cli.ts'

/** The verb as a shell starts it, with the address that it says. */
async function serve(args: readonly string[], directory: string, pattern: RegExp) {
  const child = spawn(process.execPath, [...commandLine, 'serve', ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const closed = once(child, 'close')
  onTestFinished(() => {
    child.kill()
  })
  const lines = createInterface({ input: child.stderr })
  for await (const line of lines) {
    const [, address] = pattern.exec(line) ?? []
    if (address !== undefined) return { child, closed, address }
  }
  throw new Error(`nothing was said that matches ${pattern}`)
}

test('shows a clone, named from where it is typed, and ends with what it started', async () => {
  const source = new TestRepository({ name: 'widgets' })
  source.commitMany(30, (number) => `Change ${number} (#${number})\n`)
  const { child, closed, address } = await serve(['widgets'], source.home, /: open (\S+) on this/)
  await expect
    .poll(async () => (await fetch(address)).url, { timeout: 30_000 })
    .toBe(`${address}/accounts/1/repositories/1`)
  child.kill('SIGTERM')
  expect(await closed).toEqual([0, null])
  // The App has ended too: it had the port.
  await expect(fetch(address)).rejects.toThrow()
}, 60_000)

test('shows the example where there are no credentials', async () => {
  const directory = temporaryDirectory()
  const { child, closed, address } = await serve([], directory, /made-up example at (\S+)$/)
  expect(await (await fetch(address)).text()).toContain('example')
  child.kill('SIGINT')
  expect(await closed).toEqual([0, null])
}, 60_000)

test('ends as the App does', async () => {
  const directory = temporaryDirectory()
  const environment = { PORT: 'x', DATABASE_FILE: join(directory, 'store.sqlite') }
  const { status, stdout, stderr } = await runCli(['serve'], { directory, environment })
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('PORT')
}, 60_000)
