/**
 * Which commits belong to a merged pull request: those that lead to its head and had not been on the default branch.
 * For a merge commit these are the commits that came with it; for a squash, those of the head that never came.
 */
export function ownCommits(
  parents: ReadonlyMap<string, readonly string[]>,
  mainLine: readonly string[],
): (merge: string, head: string | undefined) => string[] {
  const broughtBy = new Map<string, string>()
  for (const merge of mainLine.toReversed()) {
    for (const sha of reach(parents, merge, (one) => broughtBy.has(one))) broughtBy.set(sha, merge)
  }
  return (merge, head) => {
    const [, second] = parents.get(merge) ?? []
    const start = second ?? head
    if (start === undefined) return []
    return reach(parents, start, (one) => (broughtBy.get(one) ?? merge) !== merge || one === merge)
  }
}

/** The commits that lead to `start`, itself included, up to those at which to stop. */
function reach(
  parents: ReadonlyMap<string, readonly string[]>,
  start: string,
  stop: (sha: string) => boolean,
): string[] {
  const found = new Set<string>()
  const waiting = [start]
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    if (found.has(sha) || stop(sha)) continue
    found.add(sha)
    waiting.push(...(parents.get(sha) ?? []))
  }
  return [...found]
}
