import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRepository } from '../../src/git/index.ts'
import { readSizes } from '../../src/git/read-sizes.ts'
import { TestRepository } from '../support/git-repository.ts'

/** More commits than one git reads. */
const length = 4_200

/** Each commit writes a file anew; where one is to be missing, a commit in the middle adds it. */
function aLongHistory(missing: boolean) {
  const source = new TestRepository({ bare: true })
  source.git(['config', 'fastimport.unpackLimit', '0'])
  const commits = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => {
      const number = from + index
      const content = `${number}\n`.repeat((number % 7) + 1)
      const who = `Dev <dev@example.com> ${1_700_000_000 + number} +0000`
      return (
        `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 1\nx\n` +
        `${number === from && from > 0 ? 'from refs/heads/main^0\n' : ''}` +
        `M 100644 inline f${number % 5}\ndata ${content.length}\n${content}\n`
      )
    }).join('')
  const half = length / 2
  source.git(['fast-import', '--quiet'], commits(0, half))
  if (missing) {
    const blob = source.git(['hash-object', '-w', '--stdin'], 'gone\n')
    const tree = source.git(['mktree'], `100644 blob ${blob}\tgone\n`)
    source.commit({ message: 'Add a file\n', tree })
    rmSync(join(source.directory, 'objects', blob.slice(0, 2), blob.slice(2)))
  }
  source.git(['fast-import', '--quiet'], commits(half, length))
  return { source, ids: source.git(['rev-list', '--first-parent', 'main']).split('\n') }
}

describe('a history longer than one git reads', () => {
  test('has the sizes that git tells, in order', async () => {
    const { source, ids } = aLongHistory(false)
    const repository = await openRepository(source.directory, { environment: source.environment })
    const read = await Array.fromAsync(readSizes(repository, ids, {}))
    const told = source.git(['log', '--first-parent', '--numstat', '--format=@%H', 'main'])
    const expected = told
      .split('@')
      .slice(1)
      .map((text) => text.split(/\s+/).slice(0, 4))
    expect(
      read.map(({ id, files }) => [
        id,
        ...(files ?? []).flatMap(({ path, additions, deletions }) => [
          `${additions}`,
          `${deletions}`,
          path,
        ]),
      ]),
    ).toEqual(expected)
    expect(read).toHaveLength(length)
  })

  test('lacks the sizes of the commits alone whose files are missing', async () => {
    const { source, ids } = aLongHistory(true)
    const repository = await openRepository(source.directory, { environment: source.environment })
    const read = await Array.fromAsync(readSizes(repository, ids, {}))
    expect(read.map(({ id }) => id)).toEqual(ids)
    const unknown = read.flatMap(({ files }, index) => (files === null ? [index] : []))
    expect(unknown).toEqual([length / 2])
  })
})
