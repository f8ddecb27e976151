/** Work of no change's own, by the beginning that tools and projects give to the branch. */
export type BranchPurpose = 'merge-queue' | 'backport' | 'release' | 'merge-back'

/**
 * GitHub's merge queue, Mergify and Trunk; Mergify's and the backport actions' branches; release-please, Changesets and
 * branches named after a version; branches that bring a release branch back.
 */
const beginnings: Readonly<Record<BranchPurpose, RegExp>> = {
  'merge-queue': /^(?:gh-readonly-queue\/|mergify\/merge-queue\/|trunk-merge\/)/i,
  backport: /^(?:mergify\/bp\/|(?:auto-?)?backport[/_-]|cherry-pick[/_-])/i,
  release:
    /^(?:release-please--|changeset-release\/|prepare-release[/_-]|(?:release|releases|rel)[/_-]v?\d)/i,
  'merge-back': /^(?:back-?merge|merge-?back)[/_-]/i,
}

const purposes = ['merge-queue', 'backport', 'release', 'merge-back'] as const

/** What a head branch is for, where its name begins so; undefined for a change's own branch. */
export function branchPurpose(name: string): BranchPurpose | undefined {
  return purposes.find((purpose) => beginnings[purpose].test(name))
}
