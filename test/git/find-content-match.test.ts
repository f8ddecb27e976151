import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findContentMatch } from '../../src/git/find-content-match.ts'
import { openRepository } from '../../src/git/index.ts'
import { COMMITTER, TestRepository } from '../support/git-repository.ts'

const lines = (word: string) =>
  Array.from({ length: 12 }, (_, index) => `${word} of line ${index}\n`).join('')

/** The committer's line so many days after that of the first commit. */
function after(days: number): string {
  return COMMITTER.replace('1750003600', String(1_750_003_600 + days * 86_400))
}

function commit(repository: TestRepository, days: number, files: Record<string, string>): string {
  const entries = Object.entries(files).map(([path, content]) => {
    const blob = repository.git(['hash-object', '-w', '--stdin'], content)
    return `100644 blob ${blob}\t${path}\n`
  })
  const tree = repository.git(['mktree'], entries.sort().join(''))
  return repository.commit({ message: 'Tidy\n', tree, committer: after(days) })
}

async function find(repository: TestRepository, sha: string) {
  const opened = await openRepository(repository.directory, {
    environment: repository.environment,
  })
  const committedAt = Number(repository.git(['log', '-1', '--format=%ct', sha])) * 1_000
  return findContentMatch(opened, { sha, committedAt, paths: ['a', 'b'] }, {})
}

test('the commit whose lines are taken back, among others on the same file', async () => {
  const repository = new TestRepository()
  commit(repository, 0, { a: lines('first'), b: 'b\n' })
  const target = commit(repository, 1, { a: lines('second'), b: 'b\n' })
  commit(repository, 2, { a: `${lines('second')}a last line\n`, b: 'another file\n' })
  const revert = commit(repository, 3, { a: `${lines('first')}a last line\n`, b: 'another file\n' })
  expect(await find(repository, revert)).toEqual({ sha: target, coverage: 1, purity: 1 })
})

test('nothing where no line is taken back, where it was long ago, and for the first commit', async () => {
  const repository = new TestRepository()
  const first = commit(repository, 0, { a: lines('first') })
  commit(repository, 1, { a: lines('second') })
  const next = commit(repository, 2, { a: lines('third') })
  const late = commit(repository, 100, { a: lines('first') })
  expect(await find(repository, next)).toBeUndefined()
  expect(await find(repository, late)).toBeUndefined()
  expect(await find(repository, first)).toBeUndefined()
})

test('nothing where a file that is needed is not in the clone', async () => {
  const repository = new TestRepository()
  commit(repository, 0, { a: lines('first') })
  commit(repository, 1, { a: lines('second') })
  const revert = commit(repository, 2, { a: lines('first') })
  const blob = repository.git(['rev-parse', `${revert}~1:a`])
  rmSync(join(repository.directory, '.git/objects', blob.slice(0, 2), blob.slice(2)))
  expect(await find(repository, revert)).toBeUndefined()
})
