import { json, notFound, problem, type Reply } from '../exchange.ts'
import { findObject, findRef, readGit, resolveCommit, treeOf } from '../git.ts'
import {
  type GitBlob,
  type GitTree,
  type GitTreeEntry,
  objectAtPath,
  walkTree,
} from '../git-tree.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import { fullName } from '../state.ts'
import { repositoryUrl } from './render-repository.ts'
import type { RestContext, Route } from './route.ts'

/** Above this the contents of a file come empty, with encoding `none`. */
const maximumContentsBytes = 1024 * 1024

export const gitDataRoutes: readonly Route[] = [
  { operation: 'repos/get-content', need: needs.contents, handle: getContent },
  { operation: 'git/get-ref', need: needs.contents, handle: getRef },
  { operation: 'git/get-tree', need: needs.contents, handle: getTree },
  { operation: 'git/get-blob', need: needs.contents, handle: getBlob },
]

/** Base64 in lines of 60, as GitHub sends it: a reader must not trip over the line ends. */
function base64(content: Buffer): string {
  return content.toString('base64').replace(/.{1,60}/g, '$&\n')
}

function getContent(context: RestContext): Reply {
  const { repository, call, param } = context
  const git = readGit(repository)
  const ref = call.query.get('ref') ?? 'HEAD'
  const commit = resolveCommit(git, ref)
  if (commit === undefined) return problem(404, `No commit found for the ref ${ref}`)
  const path = param('path').replace(/^\/+|\/+$/g, '')
  const object = objectAtPath(treeOf(git, commit), path)
  if (object === undefined) return notFound()
  const revision = ref === 'HEAD' ? repository.defaultBranch : ref
  if (object.type === 'blob') return json(200, renderFile(context, object, path, revision))
  const listed = object.entries.map((entry) =>
    renderEntry(
      context,
      entry.object,
      path === '' ? entry.name : `${path}/${entry.name}`,
      revision,
    ),
  )
  return json(200, listed)
}

function renderEntry(
  { repository, call }: RestContext,
  object: GitBlob | GitTree,
  path: string,
  revision: string,
) {
  const isFile = object.type === 'blob'
  const api = repositoryUrl(repository, call.urls)
  const page = `${call.urls.web}/${fullName(repository)}`
  const self = encodeURI(`${api}/contents/${path}?ref=${revision}`)
  const git = `${api}/git/${isFile ? 'blobs' : 'trees'}/${object.oid}`
  const html = encodeURI(`${page}/${isFile ? 'blob' : 'tree'}/${revision}/${path}`)
  return {
    type: isFile ? 'file' : 'dir',
    size: isFile ? object.content.length : 0,
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    sha: object.oid,
    url: self,
    git_url: git,
    html_url: html,
    download_url: isFile ? encodeURI(`${page}/raw/${revision}/${path}`) : null,
    _links: { self, git, html },
  }
}

function renderFile(context: RestContext, blob: GitBlob, path: string, revision: string) {
  const fits = blob.content.length <= maximumContentsBytes
  return {
    ...renderEntry(context, blob, path, revision),
    content: fits ? base64(blob.content) : '',
    encoding: fits ? 'base64' : 'none',
  }
}

function getRef({ repository, call, param }: RestContext): Reply {
  const ref = `refs/${param('ref')}`
  const sha = findRef(readGit(repository), ref)
  if (sha === undefined) return notFound()
  const api = repositoryUrl(repository, call.urls)
  return json(200, {
    ref,
    node_id: nodeId('REF', ref),
    url: encodeURI(`${api}/git/${ref}`),
    object: { sha, type: 'commit', url: `${api}/git/commits/${sha}` },
  })
}

function getTree({ repository, call, param }: RestContext): Reply {
  const git = readGit(repository)
  const name = param('tree_sha')
  const commit = resolveCommit(git, name)
  const tree = commit === undefined ? findObject(git, name) : treeOf(git, commit)
  if (tree?.type !== 'tree') return notFound()
  const api = repositoryUrl(repository, call.urls)
  const entries = call.query.has('recursive')
    ? [...walkTree(tree)]
    : tree.entries.map((entry) => ({ path: entry.name, entry }))
  return json(200, {
    sha: tree.oid,
    url: `${api}/git/trees/${tree.oid}`,
    tree: entries.map(({ path, entry }) => renderTreeEntry(api, path, entry)),
    truncated: false,
  })
}

function renderTreeEntry(api: string, path: string, { mode, object }: GitTreeEntry) {
  const kind = object.type === 'blob' ? 'blobs' : 'trees'
  return {
    path,
    mode,
    type: object.type,
    sha: object.oid,
    ...(object.type === 'blob' ? { size: object.content.length } : {}),
    url: `${api}/git/${kind}/${object.oid}`,
  }
}

function getBlob({ repository, call, param }: RestContext): Reply {
  const blob = findObject(readGit(repository), param('file_sha'))
  if (blob?.type !== 'blob') return notFound()
  return json(200, {
    sha: blob.oid,
    node_id: nodeId('B', blob.oid),
    size: blob.content.length,
    url: `${repositoryUrl(repository, call.urls)}/git/blobs/${blob.oid}`,
    content: base64(blob.content),
    encoding: 'base64',
  })
}
