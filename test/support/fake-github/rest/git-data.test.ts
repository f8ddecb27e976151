import { describe, expect, it } from 'vitest'
import { callRest, fakeGitHubForTest } from '../for-test.ts'
import { aPullRequest, aRepository, type FakeGitHub, type Repository } from '../index.ts'

const base = '/repos/acme/widgets'

interface Identified {
  readonly sha: string
}

function start(repository: Repository): Promise<FakeGitHub> {
  return fakeGitHubForTest({ repositories: [repository] })
}

interface Content {
  readonly content: string
}

describe('GET contents', () => {
  const files = {
    '.github/what-shipped.yml': 'labels: true\n',
    'docs/ä b#c.md': 'Umlaut',
    'README.md': 'Hello\n',
    big: 'x'.repeat(1024 * 1024 + 1),
  }
  const changed = aPullRequest({
    number: 7,
    commits: [{ files: { ...files, 'README.md': 'Changed\n' } }],
  })
  const repository = () => aRepository({ files, pullRequests: [changed] })

  it.each([
    ['.github/what-shipped.yml', 'labels: true\n'],
    ['docs/%C3%A4%20b%23c.md', 'Umlaut'],
    ['README.md', 'Hello\n'],
    ['README.md?ref=main', 'Hello\n'],
    ['README.md?ref=refs/heads/main', 'Hello\n'],
    [`README.md?ref=${changed.head.sha}`, 'Changed\n'],
    ['README.md?ref=change-7', 'Changed\n'],
  ])('of %s', async (path, content) => {
    const github = await start(repository())
    const { status, body } = await callRest<Content>(github, `${base}/contents/${path}`)
    expect(status).toBe(200)
    const size = Buffer.byteLength(content)
    expect(body).toMatchObject({ type: 'file', encoding: 'base64', size })
    expect(Buffer.from(body.content, 'base64').toString()).toBe(content)
  })

  it('of a folder and of the root are lists', async () => {
    const github = await start(repository())
    const folder = await callRest(github, `${base}/contents/.github`)
    expect(folder.body).toMatchObject([
      { type: 'file', name: 'what-shipped.yml', path: '.github/what-shipped.yml' },
    ])
    const root = await callRest(github, `${base}/contents/`)
    expect(root.body).toMatchObject([
      { type: 'dir', path: '.github' },
      { type: 'file', path: 'README.md' },
      { type: 'file', path: 'big' },
      { type: 'dir', path: 'docs' },
    ])
  })

  it('above a megabyte come without content', async () => {
    const github = await start(repository())
    const { body } = await callRest(github, `${base}/contents/big`)
    expect(body).toMatchObject({ size: 1024 * 1024 + 1, content: '', encoding: 'none' })
  })

  it.each(['nowhere', 'README.md/below', 'README.md?ref=nowhere'])(
    'of %s are not found',
    async (path) => {
      const github = await start(repository())
      expect((await callRest(github, `${base}/contents/${path}`)).status).toBe(404)
    },
  )
})

interface Tree {
  readonly tree: readonly Identified[]
}

describe('GET refs, trees and blobs', () => {
  const commit = 'ab'.repeat(20)
  const note = { [`${commit.slice(0, 2)}/${commit.slice(2)}`]: 'hello\n' }

  it('leads from a ref of notes to a note', async () => {
    const github = await start(aRepository({ refs: { 'refs/notes/ai': note } }))
    const ref = await callRest<{ object: Identified }>(github, `${base}/git/ref/notes/ai`)
    expect(ref.body).toMatchObject({ ref: 'refs/notes/ai', object: { type: 'commit' } })
    const { sha } = ref.body.object
    const flat = await callRest<Tree>(github, `${base}/git/trees/${sha}`)
    expect(flat.body.tree).toMatchObject([{ path: 'ab', type: 'tree', mode: '040000' }])
    const fan = await callRest<Tree>(github, `${base}/git/trees/${flat.body.tree[0]?.sha}`)
    expect(fan.body.tree).toMatchObject([{ path: commit.slice(2), type: 'blob', mode: '100644' }])
    const deep = await callRest(github, `${base}/git/trees/${sha}?recursive=1`)
    expect(deep.body).toMatchObject({
      truncated: false,
      tree: [{ path: 'ab' }, { path: `ab/${commit.slice(2)}` }],
    })
    const blob = await callRest(github, `${base}/git/blobs/${fan.body.tree[0]?.sha}`)
    expect(blob.body).toMatchObject({ size: 6, encoding: 'base64', content: 'aGVsbG8K\n' })
  })

  it('has the ids that git gives', async () => {
    const github = await start(aRepository({ files: { 'hello.txt': 'hello\n' } }))
    const { body } = await callRest(github, `${base}/git/trees/main`)
    expect(body).toMatchObject({
      sha: 'aaa96ced2d9a1c8e72c56b253a0e2fe78393feb7',
      tree: [{ sha: 'ce013625030ba8dba906f756967f9e9ca394464a' }],
    })
    const sorted = await start(aRepository({ files: { 'a/b': 'x', 'a.txt': 'x', 'a-b': 'x' } }))
    expect((await callRest(sorted, `${base}/git/trees/main`)).body).toMatchObject({
      sha: '809ab2742447786cb342224549486a7020d4ad13',
      tree: [{ path: 'a-b' }, { path: 'a.txt' }, { path: 'a' }],
    })
    const empty = await start(aRepository())
    const tree = await callRest(empty, `${base}/git/trees/HEAD`)
    expect(tree.body).toMatchObject({ sha: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', tree: [] })
  })

  it('breaks base64 into lines', async () => {
    const github = await start(aRepository({ files: { long: 'x'.repeat(60) } }))
    const { body } = await callRest<Content>(github, `${base}/contents/long`)
    expect(body.content.split('\n').map((line) => line.length)).toEqual([60, 20, 0])
  })

  it.each(['git/ref/notes/ai', 'git/ref/heads/nowhere', 'git/trees/nowhere', 'git/blobs/nowhere'])(
    'does not find %s',
    async (path) => {
      const github = await start(aRepository())
      expect((await callRest(github, `${base}/${path}`)).status).toBe(404)
    },
  )
})
