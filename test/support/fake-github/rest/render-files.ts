import { diffLines } from '../diff-lines.ts'
import type { Call } from '../exchange.ts'
import { type Git, treeOf } from '../git.ts'
import { type GitBlob, type GitTree, walkTree } from '../git-tree.ts'
import { type Commit, fullName } from '../state.ts'
import { repositoryUrl } from './render-repository.ts'

/** GitHub lists no more files of a comparison. */
const maximumFiles = 300

/**
 * The files in which two commits differ, as GitHub lists them: one of the same content elsewhere is renamed; a binary one has
 * neither lines nor a patch.
 */
export function renderFiles(git: Git, before: Commit, after: Commit, call: Call) {
  const [old, fresh] = [blobsOf(treeOf(git, before)), blobsOf(treeOf(git, after))]
  const gone = Array.from(old.keys()).filter((path) => !fresh.has(path))
  const files: object[] = []
  for (const [path, blob] of fresh) {
    const former = old.get(path)
    if (former?.oid === blob.oid) continue
    const from = former === undefined ? gone.findIndex((one) => old.get(one)?.oid === blob.oid) : -1
    if (from >= 0) {
      const [previous] = gone.splice(from, 1)
      files.push(render(path, { status: 'renamed', previous_filename: previous }, blob, blob))
      continue
    }
    files.push(render(path, { status: former ? 'modified' : 'added' }, former, blob))
  }
  for (const path of gone) files.push(render(path, { status: 'removed' }, old.get(path), undefined))
  return files
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
    .slice(0, maximumFiles)

  function render(path: string, how: object, was?: GitBlob, is?: GitBlob) {
    const binary = [was, is].some((blob) => blob?.content.includes(0))
    const patch = binary ? '' : diffLines(textOf(was), textOf(is))
    const count = (sign: string) => patch.split('\n').filter((line) => line.startsWith(sign)).length
    const [additions, deletions] = [count('+'), count('-')]
    const api = repositoryUrl(git.repository, call.urls)
    const page = `${call.urls.web}/${fullName(git.repository)}`
    const at = encodeURI(`${after.sha}/${path}`)
    return {
      sha: (is ?? was)?.oid ?? null,
      filename: path,
      ...how,
      additions,
      deletions,
      changes: additions + deletions,
      blob_url: `${page}/blob/${at}`,
      raw_url: `${page}/raw/${at}`,
      contents_url: encodeURI(`${api}/contents/${path}?ref=${after.sha}`),
      ...(patch === '' ? {} : { patch }),
    }
  }
}

function nameOf(file: object): string {
  return 'filename' in file ? String(file.filename) : ''
}

function textOf(blob: GitBlob | undefined): string {
  return blob?.content.toString() ?? ''
}

function blobsOf(tree: GitTree): Map<string, GitBlob> {
  const blobs = new Map<string, GitBlob>()
  for (const { path, entry } of walkTree(tree)) {
    if (entry.object.type === 'blob') blobs.set(path, entry.object)
  }
  return blobs
}
