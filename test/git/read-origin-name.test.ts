import { describe, expect, test } from 'vitest'
import { openRepository, readNewestCommitTime, readOriginName } from '../../src/git/index.ts'
import { TestRepository } from '../support/git-repository.ts'

function repositoryWithCommit(): TestRepository {
  const source = new TestRepository()
  source.commit({ message: 'Start\n' })
  return source
}

async function opened({ directory, environment }: TestRepository, clone = directory) {
  return openRepository(clone, { environment })
}

describe('the name of the repository that a clone was made from', () => {
  test.each([
    ['https://github.com/acme/widgets.git', 'acme/widgets'],
    ['https://github.com/acme/widgets', 'acme/widgets'],
    ['https://token@github.com/acme/widgets.js/', 'acme/widgets.js'],
    ['git@github.com:acme/widgets.git', 'acme/widgets'],
    ['ssh://git@ghe.example.com:2222/acme/widgets.git', 'acme/widgets'],
    ['git://github.com/acme/widgets', 'acme/widgets'],
    ['file:///srv/git/widgets.git', undefined],
    ['/srv/git/widgets.git', undefined],
    ['C:/git/widgets', undefined],
    ['../acme/widgets', undefined],
    ['https://example.com/group/subgroup/widgets.git', undefined],
    ['https://github.com/widgets', undefined],
  ])('%s', async (url, name) => {
    const source = repositoryWithCommit()
    source.git(['config', 'remote.origin.url', url])
    expect(await readOriginName(await opened(source))).toBe(name)
  })

  test('is not known without a remote', async () => {
    expect(await readOriginName(await opened(repositoryWithCommit()))).toBe(undefined)
  })
})

describe('the newest commit', () => {
  const later = 'Committer <committer@example.com> 1750100000 +0000'

  test('of any branch, where there is no remote', async () => {
    const source = repositoryWithCommit()
    source.commit({ message: 'Later\n', branch: 'topic', committer: later })
    expect(await readNewestCommitTime(await opened(source))).toBe(1_750_100_000_000)
  })

  test("of the remote's branches, whatever was committed here since", async () => {
    const source = repositoryWithCommit()
    const clone = source.clone('copy')
    const settings = ['-C', clone, '-c', 'user.name=Dev', '-c', 'user.email=dev@example.com']
    source.git([...settings, 'commit', '--quiet', '--allow-empty', '-m', 'Now'])
    expect(await readNewestCommitTime(await opened(source, clone))).toBe(1_750_003_600_000)
  })

  test("of the tracked branch, where the remote's branches are older", async () => {
    const source = repositoryWithCommit()
    source.git(['update-ref', 'refs/remotes/origin/main', source.git(['rev-parse', 'HEAD'])])
    source.commit({ message: 'Later\n', committer: later })
    expect(await readNewestCommitTime(await opened(source))).toBe(1_750_100_000_000)
  })

  test('of what is checked out, where there is no branch', async () => {
    const source = repositoryWithCommit()
    source.git(['update-ref', '--no-deref', 'HEAD', source.git(['rev-parse', 'HEAD'])])
    source.git(['update-ref', '-d', 'refs/heads/main'])
    const head = source.git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], '')
    expect(head).toMatch(/^[0-9a-f]{40}$/)
    expect(await readNewestCommitTime(await opened(source))).toBe(1_750_003_600_000)
  })
})
