/** Which pull request a job is about, as the queue names it: `42/7`, with what sets it apart from other jobs about it `42/7/14d`. */
export interface ChangeSubject {
  readonly repositoryId: number
  readonly number: number
  /** `14d` and `30d`: so long after the merge. A commit's hash: where the merge queue tries it. */
  readonly aside?: string
}

export function formatChangeSubject({ repositoryId, number, aside }: ChangeSubject): string {
  return aside === undefined ? `${repositoryId}/${number}` : `${repositoryId}/${number}/${aside}`
}

/** @throws Error where the text is no such subject */
export function parseChangeSubject(text: string): ChangeSubject {
  const [, repositoryId, number, aside] = /^(\d+)\/(\d+)(?:\/(\w+))?$/.exec(text) ?? []
  if (repositoryId === undefined || number === undefined) {
    throw new Error(`a job about a change has the subject ${JSON.stringify(text)}`)
  }
  const change = { repositoryId: Number(repositoryId), number: Number(number) }
  return aside === undefined ? change : { ...change, aside }
}
