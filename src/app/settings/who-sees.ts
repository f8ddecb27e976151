import type { RepositoryChoice } from './settings-page-contents.ts'

/** Who will see the whole account's statement, where it is shown in checks that more than its members can read. */
export function whoSees(repositories: readonly Pick<RepositoryChoice, 'visibility'>[]): string {
  const count = (wanted: RepositoryChoice['visibility']) =>
    repositories.filter(({ visibility }) => visibility === wanted).length
  const [open, internal] = [count('public'), count('internal')]
  const parts = [
    ...(open === 0 ? [] : [`anybody on the internet, in ${counted(open, 'public')}`]),
    ...(internal === 0 ? [] : [`everybody in the enterprise, in ${counted(internal, 'internal')}`]),
  ]
  return parts.length === 0
    ? 'At the moment that is nobody: no repository is public or internal.'
    : `It will then be seen by ${parts.join(', and by ')}.`
}

function counted(count: number, kind: string): string {
  return `${count} ${kind} ${count === 1 ? 'repository' : 'repositories'}`
}
