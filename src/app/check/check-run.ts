import type { CheckAction } from '../../github/index.ts'
import type { NewCorrection } from '../../store/index.ts'

/** What the check is called wherever GitHub lists it; branch rules name it too. */
export const CHECK_NAME = 'What Shipped'

type Claim = NewCorrection['claim']

/** The three buttons, alike in weight: to say that there was AI is as easy as to say that there was none. */
export const declarationActions: readonly CheckAction[] = [
  { label: 'AI-assisted', description: 'Declare it, or take that back', identifier: 'assisted' },
  {
    label: 'Agent-authored',
    description: 'Declare it, or take that back',
    identifier: 'agent-authored',
  },
  { label: 'No AI', description: 'Declare it, or take that back', identifier: 'unassisted' },
]

/** What a button declares; undefined: it is none of ours. */
export function claimOf(identifier: string): Claim | undefined {
  const claims: readonly Claim[] = ['assisted', 'agent-authored', 'unassisted']
  return claims.find((claim) => claim === identifier)
}

/** By what a check run of ours is found again: the pull request, whatever its head is. */
export function checkIdOf(repositoryId: number, number: number): string {
  return `change/${repositoryId}/${number}`
}

/** Of which pull request a check run is; undefined: it is not one of ours. */
export function changeOfCheckId(
  externalId: string,
): { readonly repositoryId: number; readonly number: number } | undefined {
  const [, repositoryId, number] = /^change\/(\d{1,15})\/(\d{1,10})$/.exec(externalId) ?? []
  return repositoryId === undefined || number === undefined
    ? undefined
    : { repositoryId: Number(repositoryId), number: Number(number) }
}
