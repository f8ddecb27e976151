import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findSource } from '../../src/cli/export-source.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

async function find(source: string, directory = temporaryDirectory()) {
  const said: string[] = []
  const found = await findSource(source, directory, (message) => said.push(message))
  return { found, said }
}

test.each([
  ['-', { kind: 'standard input' }],
  ['acme/widgets', { kind: 'github', owner: 'acme', name: 'widgets' }],
  ['acme/widgets.js', { kind: 'github', owner: 'acme', name: 'widgets.js' }],
  ['github:acme/.github', { kind: 'github', owner: 'acme', name: '.github' }],
])('%s', async (source, found) => {
  expect(await find(source)).toEqual({ found, said: [] })
})

test('a directory is a clone, a file has records', async () => {
  const directory = temporaryDirectory()
  mkdirSync(join(directory, 'clone'))
  writeFileSync(join(directory, 'records.ndjson'), '')
  expect((await find('clone', directory)).found).toEqual({
    kind: 'clone',
    directory: join(directory, 'clone'),
  })
  expect((await find('.', directory)).found).toEqual({ kind: 'clone', directory })
  expect((await find('./records.ndjson', directory)).found).toEqual({
    kind: 'file',
    path: join(directory, 'records.ndjson'),
  })
})

test('what is here goes before GitHub, which is said; github: names the other', async () => {
  const directory = temporaryDirectory()
  mkdirSync(join(directory, 'acme', 'widgets'), { recursive: true })
  const clone = { kind: 'clone', directory: join(directory, 'acme', 'widgets') }
  expect(await find('acme/widgets', directory)).toEqual({
    found: clone,
    said: [
      'reading the directory acme/widgets; for the repository on GitHub write github:acme/widgets',
    ],
  })
  expect(await find('./acme/widgets', directory)).toEqual({ found: clone, said: [] })
  expect(await find('github:acme/widgets', directory)).toEqual({
    found: { kind: 'github', owner: 'acme', name: 'widgets' },
    said: [],
  })
})

test.each([
  ['nothing', "name a clone's directory, owner/name on GitHub, or a records file"],
  ['./acme/widgets', "name a clone's directory"],
  ['acme/widgets/pull/1', "name a clone's directory"],
  ['../..x/y', "name a clone's directory"],
  ['https://github.com/acme/widgets', 'write acme/widgets'],
  ['https://github.com/acme/widgets.git', 'write acme/widgets'],
  ['git@github.com:acme/widgets.git', 'write acme/widgets'],
])('%s is nothing, and what to do is said', async (source, advice) => {
  await expect(find(source)).rejects.toThrow(
    `there is no file or directory ${JSON.stringify(source)}; ${advice}`,
  )
})

test.each(['', 'github:', 'github:acme', 'github:acme/..'])('%j is wrong usage', async (source) => {
  await expect(find(source)).rejects.toThrow(UsageError)
})
