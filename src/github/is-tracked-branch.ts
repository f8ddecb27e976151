/** Whether one of the patterns names a branch; `*`, which no branch has in its name, stands for any text. */
export function isTrackedBranch(branch: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matches(branch, pattern))
}

function matches(branch: string, pattern: string): boolean {
  const [start = '', ...parts] = pattern.split('*')
  const end = parts.pop()
  if (end === undefined) return branch === start
  if (!branch.startsWith(start)) return false
  let at = start.length
  for (const part of parts) {
    const found = branch.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return branch.length - end.length >= at && branch.endsWith(end)
}
