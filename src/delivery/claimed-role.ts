import type { Landed } from './landed.ts'
import type { RevertClaim } from './record.ts'
import type { RevertRole } from './revert-link.ts'

/** Only its content says that it reverts something. */
export function isCandidate(landed: Landed): boolean {
  return landed.claims.every((claim) => claim.in === 'content')
}

/** A change that reverts something in passing is more than a revert, and can be reverted for the rest of it. */
export function isAlsoChange(landed: Landed): boolean {
  return landed.claims.every((claim) => claim.aside || claim.in === 'content')
}

/** What the claims alone say, where nothing that they name is found. */
export function claimedRole(claims: readonly RevertClaim[]): RevertRole | null {
  const firm = claims.filter((claim) => !claim.aside && claim.in !== 'content')
  const reverts = firm.some(({ kind }) => kind === 'revert')
  if (!firm.some(({ kind }) => kind === 'reland')) return reverts ? 'revert' : null
  // Only titles quote titles, so that the quoted one is undone by the title, and not by a sentence below it.
  const byTitle = firm.some(({ kind, titles }) => kind === 'revert' && titles.length > 0)
  return byTitle ? 'revert-of-revert' : 'reland'
}

/** What a change turned out to be, by how many others it undoes and brings back. */
export function foundRole(
  claims: readonly RevertClaim[],
  undone: number,
  brought: number,
): RevertRole | null {
  const claimed = claimedRole(claims)
  if (claimed === 'reland' || claimed === 'revert-of-revert') return claimed
  if (undone > 0) return 'revert'
  if (brought > 0) return claimed === 'revert' ? 'revert-of-revert' : 'reland'
  return claimed
}
