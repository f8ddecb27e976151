import { createHash } from 'node:crypto'

/** A button on a check run; its press comes back as `check_run` with the action `requested_action` and the identifier. */
export interface CheckAction {
  /** At most 20 characters. */
  readonly label: string
  /** At most 40 characters. */
  readonly description: string
  /** At most 20 characters. */
  readonly identifier: string
}

/** What a check run shows. */
export interface CheckOutput {
  readonly title: string
  /** Markdown. */
  readonly summary: string
  /** Markdown; GitHub shows it below the summary. */
  readonly text?: string
  /** At most three. */
  readonly actions: readonly CheckAction[]
  readonly detailsUrl?: string
}

const maximumTitle = 255
/** GitHub writes "characters" and counts bytes (github/docs#35252). */
const maximumBytes = 65_535
const cutNote = '\n\nThis text was cut here: GitHub takes no more than 65,535 bytes of it.\n'
const maximumActions = 3
const maximumLabel = 20
const maximumDescription = 40

/** The same within GitHub's limits: texts are cut, and say so. @throws RangeError where an action is beyond them */
export function fitOutput(output: CheckOutput): CheckOutput {
  const { title, summary, text, actions } = output
  checkActions(actions)
  return {
    ...output,
    title: cutCharacters(title, maximumTitle),
    summary: cutBytes(summary),
    ...(text === undefined ? {} : { text: cutBytes(text) }),
  }
}

/** The same for the same output, so that what stands on GitHub already need not be written again. */
export function digestOutput(output: CheckOutput): string {
  const { title, summary, text, actions, detailsUrl } = fitOutput(output)
  const shown = [
    title,
    summary,
    text ?? null,
    actions.map(({ label, description, identifier }) => [label, description, identifier]),
    detailsUrl ?? null,
  ]
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex')
}

function checkActions(actions: readonly CheckAction[]): void {
  if (actions.length > maximumActions) {
    throw new RangeError(`a check run has at most ${maximumActions} actions, not ${actions.length}`)
  }
  for (const { label, description, identifier } of actions) {
    const tooLong =
      label.length > maximumLabel ||
      description.length > maximumDescription ||
      identifier.length > maximumLabel
    if (tooLong) {
      throw new RangeError(
        `the action ${identifier} is too long: GitHub takes 20 characters of a label and an identifier, 40 of a description`,
      )
    }
  }
}

function cutCharacters(text: string, maximum: number): string {
  if (text.length <= maximum) return text
  return `${wholeCharacters(text.slice(0, maximum - 1))}…`
}

/** A surrogate without its other half is no character. */
function wholeCharacters(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '')
}

function cutBytes(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= maximumBytes) return text
  // The bytes of one character all but the first begin with 10.
  let end = maximumBytes - Buffer.byteLength(cutNote)
  while (((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1
  return bytes.subarray(0, end).toString() + cutNote
}
