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
    ...declarations.map(told),
    open
      ? 'Is it wrong? The buttons above declare it, and each takes its own word back when it is pressed again: for the author and everybody with write access, up to 7 days after the merge. What you declare is kept with its time, and shown. Against a mark that a tool left it makes the change count in neither group; what is attested stands.'
      : 'The time for corrections by button is over: 7 days after the merge.',
  ]
}

function told({ claim, by, at, undoneAt, late }: ShownDeclaration): string {
  const back = undoneAt === null ? '' : ` It was taken back on ${dayText(undoneAt)}.`
  const record = late
    ? ' It came after the clock had started: it changes the record, not the group in which the change is compared.'
    : ''
  return `${people[by]} declared on ${dayText(at)}: ${claims[claim]}.${back}${record}`
}
