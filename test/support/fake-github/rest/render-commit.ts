import type { Urls } from '../exchange.ts'
import { type Git, treeOf } from '../git.ts'
import { nodeId } from '../node-id.ts'
import { type Account, type Commit, fullName } from '../state.ts'
import { renderAccount } from './render-account.ts'
import { repositoryUrl } from './render-repository.ts'

export function renderCommit(git: Git, commit: Commit, urls: Urls) {
  const { sha, message, author, committer } = commit
  const api = repositoryUrl(git.repository, urls)
  const page = `${urls.web}/${fullName(git.repository)}/commit`
  const tree = treeOf(git, commit).oid
  return {
    sha,
    node_id: nodeId('C', sha),
    commit: {
      author,
      committer,
      message,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      url: `${api}/git/commits/${sha}`,
      comment_count: 0,
      verification: renderVerification(commit),
    },
    url: `${api}/commits/${sha}`,
    html_url: `${page}/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    author: renderLinkedAccount(commit.authorAccount, urls),
    committer: renderLinkedAccount(commit.committerAccount, urls),
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${page}/${parent}`,
    })),
  }
}

/** An address without an account is null here, never the ghost. */
function renderLinkedAccount(account: Account | null, urls: Urls) {
  return account === null ? null : renderAccount(account, urls)
}

function renderVerification({ verified, message, committer }: Commit) {
  return {
    verified,
    reason: verified ? 'valid' : 'unsigned',
    signature: verified ? '-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----' : null,
    payload: verified ? message : null,
    verified_at: verified ? committer.date : null,
  }
}
