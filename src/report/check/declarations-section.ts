import { dayText } from '../text/dates.ts'
import type { CheckContents, ShownDeclaration } from './check-contents.ts'

const claims: Readonly<Record<ShownDeclaration['claim'], string>> = {
  assisted: 'AI-assisted',
  'agent-authored': 'authored by an agent',
  unassisted: 'made without AI',
}

const people: Readonly<Record<ShownDeclaration['by'], string>> = {
  author: 'The author',
  writer: 'Somebody with write access',
}

/** What people said with the buttons, and how to say something. */
export function declarationsSection({ declarations, open }: CheckContents): string[] {
  return [
    ...declarations.map(declarationText),
    open
      ? 'Is it wrong? Declare it with a button above; press it again to take that back. The author and everybody with write access can, up to 7 days after the merge. What is declared is kept with its time, and shown. It decides the group in which the change is compared only where it comes before the clock starts: ready for review, or for reverts the merge. Against a mark that a tool left it then takes the change out of both groups; what is attested stands.'
      : 'The time for corrections by button is over: 7 days after the merge.',
  ]
}

const afterwards = {
  ready:
    ' It came after the change was ready for review: it counts in what is recorded and in reverts, and the group in which its time and its review rounds are compared stays.',
  merged:
    ' It came after the merge: it counts in what is recorded, and the group in which the change is compared stays.',
} as const

/** What somebody said, in a sentence or two. */
export function declarationText({ claim, by, at, undoneAt, after }: ShownDeclaration): string {
  const back = undoneAt === null ? '' : ` It was taken back on ${dayText(undoneAt)}.`
  const record = after === null ? '' : afterwards[after]
  return `${people[by]} declared on ${dayText(at)}: ${claims[claim]}.${back}${record}`
}
