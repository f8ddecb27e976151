import { sha1 } from './hash.ts'
import type { Files } from './state.ts'

/** A file's content under git's own object id. */
export interface GitBlob {
  readonly type: 'blob'
  readonly oid: string
  readonly content: Buffer
}

export interface GitTree {
  readonly type: 'tree'
  readonly oid: string
  readonly entries: readonly GitTreeEntry[]
}

export interface GitTreeEntry {
  readonly name: string
  readonly mode: '100644' | '040000'
  readonly object: GitBlob | GitTree
}

/** The tree that git would make of the files, all of them plain: ids are git's, so that equal content has equal ids. */
export function buildTree(files: Files): GitTree {
  const folders = new Map<string, Files>()
  const entries: GitTreeEntry[] = []
  for (const [path, content] of Object.entries(files)) {
    const slash = path.indexOf('/')
    if (slash === -1) {
      entries.push({ name: path, mode: '100644', object: blobOf(Buffer.from(content)) })
      continue
    }
    const folder = path.slice(0, slash)
    const inside = folders.get(folder) ?? {}
    inside[path.slice(slash + 1)] = content
    folders.set(folder, inside)
  }
  for (const [name, inside] of folders) {
    entries.push({ name, mode: '040000', object: buildTree(inside) })
  }
  entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)))
  const bytes = Buffer.concat(
    entries.map(({ name, mode, object }) =>
      Buffer.concat([
        Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
        Buffer.from(object.oid, 'hex'),
      ]),
    ),
  )
  return { type: 'tree', oid: sha1(`tree ${bytes.length}\0`, bytes), entries }
}

/** Git sorts a folder as if its name ended in a slash. */
function sortKey({ name, object }: GitTreeEntry): Buffer {
  return Buffer.from(object.type === 'tree' ? `${name}/` : name)
}

function blobOf(content: Buffer): GitBlob {
  return { type: 'blob', oid: sha1(`blob ${content.length}\0`, content), content }
}

/** What stands at a path (`''`: the tree itself), or undefined. */
export function objectAtPath(tree: GitTree, path: string): GitBlob | GitTree | undefined {
  let object: GitBlob | GitTree | undefined = tree
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (object?.type !== 'tree') return undefined
    object = object.entries.find((entry) => entry.name === name)?.object
  }
  return object
}

/** Every tree and blob below, each with its path, folders before what they hold. */
export function* walkTree(
  tree: GitTree,
  prefix = '',
): Generator<{ readonly path: string; readonly entry: GitTreeEntry }> {
  for (const entry of tree.entries) {
    const path = prefix + entry.name
    yield { path, entry }
    if (entry.object.type === 'tree') yield* walkTree(entry.object, `${path}/`)
  }
}
