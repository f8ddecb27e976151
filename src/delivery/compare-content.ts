/** Lines that one difference adds and deletes, how often each; lines that say nothing are left out. */
export interface ChangedLines {
  readonly added: ReadonlyMap<string, number>
  readonly deleted: ReadonlyMap<string, number>
  /** Paths that it touches, before and after. */
  readonly paths: ReadonlySet<string>
  /** How many lines that is in all. */
  readonly lines: number
}

/** How much of a difference another one takes back. */
export interface Inverse {
  /** Share of the target's lines that are undone: the added ones deleted again, the deleted ones added again. */
  readonly coverage: number
  /** Share of the revert's own lines that do so. */
  readonly purity: number
}

/** Braces, `else`, `end`: lines with fewer letters and digits are in every difference. */
const fewestLetters = 4
/** DEFINITIONS of R4: at least so much of the added and of the deleted lines. */
const fullCoverage = 0.9
/** A change that also does so much else is not mainly a revert. */
const fewestPure = 0.5

/**
 * Reads what `git diff -p` prints. Lines are compared without the spaces at their ends, and over all files together, so that
 * neither an indentation nor a renamed file hides that something was taken back.
 *
 * @param isCounted whether a file's lines say anything; lock files and generated ones do not
 */
export function parsePatch(text: string, isCounted: (path: string) => boolean): ChangedLines {
  const added = new Map<string, number>()
  const deleted = new Map<string, number>()
  const paths = new Set<string>()
  let lines = 0
  let inHunk = 0
  let counted = false
  for (const line of eachLine(text)) {
    if (inHunk === 0) {
      if (line.startsWith('@@')) inHunk = hunkLength(line)
      else if (line.startsWith('diff --git ')) counted = false
      else {
        const path = /^(?:---|\+\+\+) "?(?:[ab]\/)?([^\t]*?)"?(?:\t|$)/.exec(line)?.[1]
        if (path === undefined || path === '/dev/null') continue
        counted = isCounted(path)
        if (counted) paths.add(path)
      }
      continue
    }
    const sign = line[0]
    if (sign !== '+' && sign !== '-' && sign !== ' ') continue
    inHunk -= sign === ' ' ? 2 : 1
    const content = line.slice(1).trim()
    if (sign === ' ' || !counted || !saysSomething(content)) continue
    const side = sign === '+' ? added : deleted
    side.set(content, (side.get(content) ?? 0) + 1)
    lines += 1
  }
  return { added, deleted, paths, lines }
}

/** How much of `target` the difference `revert` takes back; both 0 where the target has no line that counts. */
export function inverseCoverage(revert: ChangedLines, target: ChangedLines): Inverse {
  const undone = common(target.added, revert.deleted) + common(target.deleted, revert.added)
  return {
    coverage: target.lines === 0 ? 0 : undone / target.lines,
    purity: revert.lines === 0 ? 0 : undone / revert.lines,
  }
}

/**
 * The one of several earlier differences that a revert takes back: at least 90 % of its added lines and of its deleted ones,
 * by a revert that for the greater part does that. Null: none does. Of several the one most fully taken back, then the first.
 */
export function findInverse<Candidate>(
  revert: ChangedLines,
  candidates: Iterable<{ readonly candidate: Candidate; readonly changed: ChangedLines }>,
): ({ readonly candidate: Candidate } & Inverse) | null {
  let best: ({ readonly candidate: Candidate } & Inverse) | null = null
  for (const { candidate, changed } of candidates) {
    if (!takesBack(revert.deleted, changed.added) || !takesBack(revert.added, changed.deleted))
      continue
    const inverse = inverseCoverage(revert, changed)
    if (inverse.coverage < fullCoverage || inverse.purity < fewestPure) continue
    if (best === null || closeness(inverse) > closeness(best)) best = { candidate, ...inverse }
  }
  return best
}

/** Both shares in one, so that a small change inside a large one that was undone does not win over the large one. */
function closeness({ coverage, purity }: Inverse): number {
  return coverage * purity
}

function takesBack(of: ReadonlyMap<string, number>, lines: ReadonlyMap<string, number>): boolean {
  let total = 0
  for (const times of lines.values()) total += times
  return total === 0 || common(lines, of) / total >= fullCoverage
}

function common(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [line, times] of one) sum += Math.min(times, other.get(line) ?? 0)
  return sum
}

function saysSomething(line: string): boolean {
  const letters = line.match(/[\p{L}\p{N}]/gu)
  return letters !== null && letters.length >= fewestLetters
}

/** Lines of both sides that follow a hunk's head `@@ -1,2 +3,4 @@`. */
function hunkLength(head: string): number {
  const match = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(head)
  return match === null ? 0 : Number(match[1] ?? 1) + Number(match[2] ?? 1)
}

function* eachLine(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    yield text.slice(start, end === -1 ? undefined : end)
    start = end === -1 ? text.length : end + 1
  }
}
