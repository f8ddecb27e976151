import * as z from 'zod/mini'
import type { Commit } from '../provenance/index.ts'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import type { PullRequestAddress } from './read-pull-request.ts'

const notesRef = 'refs/notes/ai'
/** Git spreads notes over folders as they grow in number: none, one and two levels are in use. */
const layouts = [
  (sha: string) => sha,
  (sha: string) => `${sha.slice(0, 2)}/${sha.slice(2)}`,
  (sha: string) => `${sha.slice(0, 2)}/${sha.slice(2, 4)}/${sha.slice(4)}`,
]
/** Objects asked for in one query. */
const batch = 30

const NoteSchema = z.object({ text: z.nullish(z.string()), isTruncated: z.nullish(z.boolean()) })
type Note = z.infer<typeof NoteSchema>
const ReplySchema = z.object({ repository: z.record(z.string(), z.nullish(NoteSchema)) })

/**
 * Adds to each commit the authorship note that the repository keeps for it. Looked up by the pull request's own
 * commits, because squashing and rebasing leave notes behind. A note that GitHub truncates is left out and counted.
 *
 * @param notesTip commit at the tip of `refs/notes/ai`
 */
export async function addNotes(
  api: GitHubApi,
  address: PullRequestAddress,
  notesTip: string,
  commits: readonly Commit[],
): Promise<{ commits: Commit[]; truncated: number }> {
  const texts = new Map<string, string>()
  let truncated = 0
  const shas = commits.map(({ sha }) => sha).filter((sha) => sha !== undefined)
  for (let start = 0; start < shas.length; start += batch) {
    const notes = await readNotes(api, address, notesTip, shas.slice(start, start + batch))
    for (const [sha, { text, isTruncated }] of notes) {
      if (isTruncated) truncated += 1
      else if (text) texts.set(sha, text)
    }
  }
  const withNotes = commits.map((commit) => {
    const text = commit.sha === undefined ? undefined : texts.get(commit.sha)
    return text === undefined ? commit : { ...commit, notes: new Map([[notesRef, text]]) }
  })
  return { commits: withNotes, truncated }
}

/** Each commit that has a note, with it. What GitHub cannot give in its time it is asked for in halves. */
async function readNotes(
  api: GitHubApi,
  address: PullRequestAddress,
  notesTip: string,
  shas: readonly string[],
): Promise<(readonly [string, Note])[]> {
  try {
    const { data } = await api.query(
      notesQuery(shas.length),
      noteVariables(address, notesTip, shas),
      ReplySchema,
      { divisible: shas.length > 1 },
    )
    return shas.flatMap((sha, index) => {
      const note = layouts
        .map((_, level) => data.repository[alias(index, level)])
        .find((blob) => blob?.text || blob?.isTruncated)
      return note ? [[sha, note] as const] : []
    })
  } catch (error) {
    if (shas.length === 1 || !(error instanceof GitHubError && error.tooMuch)) throw error
    const half = Math.ceil(shas.length / 2)
    return [
      ...(await readNotes(api, address, notesTip, shas.slice(0, half))),
      ...(await readNotes(api, address, notesTip, shas.slice(half))),
    ]
  }
}

/** One query for the notes of so many commits; every path is a variable, never a part of the text. */
export function notesQuery(commits: number): string {
  const paths = Array.from({ length: commits }, (_, index) =>
    layouts.map((_, level) => alias(index, level)),
  ).flat()
  const declared = paths.map((path) => `$${path}: String!`).join(', ')
  const fields = paths.map(
    (path) => `${path}: object(expression: $${path}) { ... on Blob { text isTruncated } }`,
  )
  return `query Notes($owner: String!, $name: String!, ${declared}) {
  repository(owner: $owner, name: $name) {
    ${fields.join('\n    ')}
  }
}`
}

function noteVariables(
  address: PullRequestAddress,
  notesTip: string,
  shas: readonly string[],
): Record<string, string> {
  const paths = shas.flatMap((sha, index) =>
    layouts.map((layout, level) => [alias(index, level), `${notesTip}:${layout(sha)}`] as const),
  )
  return { owner: address.owner, name: address.name, ...Object.fromEntries(paths) }
}

function alias(index: number, level: number): string {
  return `note${index}_${level}`
}
