import { withheld } from './reduce-text.ts'
import type { KnownMarks } from './registry.ts'

/** GitHub's name for the branch of its Revert button. */
const revertBranch = /^revert-\d+-/

/**
 * The beginning of a branch's name that is a tool's mark or GitHub's `revert-N-`, and `…` for the rest; undefined where it
 * is neither. It reads as the whole name.
 */
export function withholdBranch(name: string, marks: KnownMarks): string | undefined {
  const known = marks.branches.filter(({ pattern }) => pattern?.test(name) === true)
  const revert = revertBranch.exec(name)?.[0]
  if (known.length === 0 && revert === undefined) return undefined
  const readsAlike = (text: string) =>
    marks.branches.every((mark) => (mark.pattern?.test(text) === true) === known.includes(mark))
  const starts = Array.from(name.matchAll(/[/_-]/g), ({ index }) => name.slice(0, index + 1))
  const start = starts.find(
    (one) => one.length >= (revert?.length ?? 0) && readsAlike(`${one}${withheld}`),
  )
  return start === undefined ? name : `${start}${withheld}`
}
