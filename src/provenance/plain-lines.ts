/** A block that a reviewer bot writes into somebody else's text; see the registry's `reviewerBlocks`. */
export interface BlockMarkers {
  readonly start: string
  readonly end: string
}

/** What git merge --squash writes first; below it every commit's message stands indented by four spaces. */
export const localSquash = 'Squashed commit of the following:'
const squashIndent = '    '
/** A line break that a shell passed on as two characters, as `git commit -m "x\nCo-authored-by: …"` does. */
const writtenBreak = '\\n'

/**
 * Visits every line that is the author's own: not empty, not quoted (`>`), not in a closed code fence, not in a reviewer
 * bot's block, not in a comment of several lines (templates explain themselves there). What never closes hides nothing,
 * because in a squash message it would hide the commits below it. Lines count from 1, come without their line end and,
 * below git's local squash header, without its indentation. A line with written-out line breaks (`\\n`) is visited in parts.
 */
export function forEachPlainLine(
  text: string,
  blocks: readonly BlockMarkers[],
  visit: (line: string, number: number) => void,
): void {
  const lines = ownLines(text)
  const hidden = mayHide(text, blocks) ? hiddenLines(lines, blocks) : undefined
  for (const [index, line] of lines.entries()) {
    if (line === '' || hidden?.has(index) === true) continue
    for (const piece of piecesOf(line)) visit(piece, index + 1)
  }
}

/** A quote or a backtick: what stands behind it may be somebody's code. An apostrophe within a word is none. */
const quotation = /["`“”]|(?<!\p{L})['‘’]/u

/** A line in the parts between its written-out line breaks, unless it quotes: then it is prose or code about them. */
function piecesOf(line: string): string[] {
  if (!line.includes(writtenBreak) || quotation.test(line)) return [line]
  return line.split(writtenBreak).filter((piece) => piece !== '')
}

function ownLines(text: string): string[] {
  let squashed = false
  return text.split('\n').map((raw) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line === localSquash) squashed = true
    return squashed && line.startsWith(squashIndent) ? line.slice(squashIndent.length) : line
  })
}

/** Cheap look that spares ordinary messages, which hide nothing, the second pass. */
function mayHide(text: string, blocks: readonly BlockMarkers[]): boolean {
  return (
    text.includes('```') ||
    text.includes('~~~') ||
    text.includes('<!--') ||
    /^ *>/m.test(text) ||
    blocks.some((block) => text.includes(block.start))
  )
}

/** Index of the last line of what opens on line `open`, if something does. */
type EndOf = (open: number) => number | undefined

function hiddenLines(lines: readonly string[], blocks: readonly BlockMarkers[]): Set<number> {
  const hidden = new Set<number>()
  const ends: EndOf[] = [
    (open) => (/^ {0,3}>/.test(lines[open] ?? '') ? open : undefined),
    fenceEnd(lines),
    ...blocks.map((block) => blockEnd(lines, block)),
    commentEnd(lines),
  ]
  for (let index = 0; index < lines.length; index += 1) {
    for (const endOf of ends) {
      const end = endOf(index)
      if (end === undefined) continue
      for (; index < end; index += 1) hidden.add(index)
      hidden.add(end)
      break
    }
  }
  return hidden
}

/** A line that is a code fence, or begins with one (CommonMark 0.31.2, section 4.5). */
interface Fence {
  readonly mark: string
  readonly length: number
  readonly opens: boolean
  readonly closes: boolean
}

function readFence(line: string): Fence | undefined {
  const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)
  if (run?.[1] === undefined) return undefined
  const mark = run[1].charAt(0)
  const rest = line.slice(run[0].length)
  return {
    mark,
    length: run[1].length,
    opens: mark === '~' || !rest.includes(mark),
    closes: rest.trim() === '',
  }
}

/** Remembers which fences nothing closes, so that the rest of the text is not searched again for each of them. */
function fenceEnd(lines: readonly string[]): EndOf {
  const fences = lines.map(readFence)
  const unclosed = new Map<string, number>()
  return (open) => {
    const fence = fences[open]
    if (!fence?.opens || fence.length >= (unclosed.get(fence.mark) ?? Number.POSITIVE_INFINITY))
      return undefined
    for (let index = open + 1; index < fences.length; index += 1) {
      const other = fences[index]
      if (other?.closes && other.mark === fence.mark && other.length >= fence.length) return index
    }
    unclosed.set(fence.mark, fence.length)
    return undefined
  }
}

function blockEnd(lines: readonly string[], { start, end }: BlockMarkers): EndOf {
  const last = lines.findLastIndex((line) => line.includes(end))
  return (open) => {
    const at = lines[open]?.indexOf(start) ?? -1
    if (at === -1) return undefined
    if (lines[open]?.includes(end, at + start.length)) return open
    return nextLineWith(lines, end, open + 1, last)
  }
}

/** A comment that ends on its own line is left: some tools write their mark as one. */
function commentEnd(lines: readonly string[]): EndOf {
  const last = lines.findLastIndex((line) => line.includes('-->'))
  return (open) => {
    const line = lines[open] ?? ''
    if (line.lastIndexOf('<!--') <= line.lastIndexOf('-->')) return undefined
    return nextLineWith(lines, '-->', open + 1, last)
  }
}

/** Searches up to the last line that has the text at all, so that nothing is searched in vain. */
function nextLineWith(
  lines: readonly string[],
  text: string,
  from: number,
  last: number,
): number | undefined {
  for (let index = from; index <= last; index += 1) {
    if (lines[index]?.includes(text)) return index
  }
  return undefined
}
