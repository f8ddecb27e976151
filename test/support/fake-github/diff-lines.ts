/** Lines around a change that git prints. */
const context = 3

interface Line {
  readonly sign: ' ' | '+' | '-'
  readonly text: string
}

/**
 * The hunks that git prints between two texts; empty where they are the same. Small texts only: it fills a table of all
 * pairs of lines.
 */
export function diffLines(before: string, after: string): string {
  const lines = align(linesOf(before), linesOf(after))
  const hunks: string[] = []
  for (const { from, to } of hunksIn(lines)) {
    const start = (side: '+' | '-') =>
      lines.slice(0, from).filter(({ sign }) => sign === ' ' || sign === side).length
    const hunk = lines.slice(from, to)
    const length = (side: '+' | '-') =>
      hunk.filter(({ sign }) => sign === ' ' || sign === side).length
    const range = (side: '+' | '-') => {
      const first = start(side) + Math.min(1, length(side))
      return length(side) === 1 ? `${first}` : `${first},${length(side)}`
    }
    hunks.push(`@@ -${range('-')} +${range('+')} @@`)
    hunks.push(...hunk.map(({ sign, text }) => sign + text))
  }
  return hunks.join('\n')
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

/** The lines of both with what is common to them once, by the longest common subsequence. */
function align(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const lines: Line[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]]
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old })
      row += 1
      column += 1
    } else if (
      old !== undefined &&
      (fresh === undefined || at(row + 1, column) >= at(row, column + 1))
    ) {
      lines.push({ sign: '-', text: old })
      row += 1
    } else {
      lines.push({ sign: '+', text: fresh ?? '' })
      column += 1
    }
  }
  return lines
}

/** Changes with the lines around them, those together that touch. */
function hunksIn(lines: readonly Line[]): { from: number; to: number }[] {
  const hunks: { from: number; to: number }[] = []
  for (const [index, { sign }] of lines.entries()) {
    if (sign === ' ') continue
    const [from, to] = [Math.max(0, index - context), Math.min(lines.length, index + context + 1)]
    const last = hunks.at(-1)
    if (last !== undefined && from <= last.to) last.to = to
    else hunks.push({ from, to })
  }
  return hunks
}
