import { UsageError } from './usage-error.ts'

/** @throws UsageError where what changed after a review is asked for, and a source of that kind cannot tell it */
export function checkDiffs(diffs: boolean, { kind }: { readonly kind: string }): void {
  if (!diffs || kind === 'github') return
  throw new UsageError('--diffs needs owner/name on GitHub: reviews are compared only there')
}
