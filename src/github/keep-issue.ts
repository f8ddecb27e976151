import * as z from 'zod/mini'
import type { Viewer } from './actor-node.ts'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'

/** An issue of which there is one, kept up to date. */
export interface KeptIssue {
  /** Given when it is made; whoever gives it another one keeps that. */
  readonly title: string
  /** Markdown. The marker is put before it. */
  readonly body: string
  /** Label by which it is found again; made where the repository lacks it. */
  readonly label: string
}

/** What became of the issue, or why nothing did. */
export type IssueOutcome =
  | {
      readonly done: true
      readonly number: number
      readonly url: string
      readonly change: 'made' | 'updated' | 'none'
      /** Label that GitHub did not put on the new issue: without it the next run makes another. */
      readonly withoutLabel?: string
    }
  | {
      readonly done: false
      /** The permission, issues at all, or the place: too many others carry the label. */
      readonly missing: 'issues: write' | 'issues' | 'place'
      /** What GitHub said of it. */
      readonly said?: string
    }

export const viewerQuery = 'query Viewer { viewer { login databaseId } }'

const ViewerReplySchema = z.object({
  viewer: z.object({ login: z.string(), databaseId: z.nullish(z.number()) }),
})

const IssueSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  body: z.nullish(z.string()),
  state: z.string(),
  user: z.nullish(z.object({ id: z.number(), login: z.string() })),
  labels: z.array(z.union([z.string(), z.object({ name: z.optional(z.string()) })])),
  pull_request: z.optional(z.unknown()),
})
type Issue = z.infer<typeof IssueSchema>

const issuesPath = '/repos/{owner}/{repo}/issues'
const perPage = 100
/** So many pages of issues with the label are looked at, the oldest first. */
const maximumPages = 5
/** So many of them may stand before ours. */
export const maximumOthers = maximumPages * perPage - 1
/** Characters that GitHub takes as the body of an issue. */
const maximumBody = 65_536

/** Characters that are left for the body under a label; so many bytes are never more characters. */
export function roomForBody(label: string): number {
  return maximumBody - markerOf(label).length - 1
}

/**
 * What the issue holds now, below its marker; undefined where there is none, or where issues may not be read.
 *
 * @throws GitHubError where GitHub does not answer
 */
export async function readKeptIssue(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  label: string,
): Promise<string | undefined> {
  const address = { owner: repository.owner, repo: repository.name }
  try {
    const { viewer } = (await api.query(viewerQuery, {}, ViewerReplySchema)).data
    const { ours } = await findOurs(api, address, label, viewer)
    return ours[0]?.body?.split(markerOf(label), 2)[1]?.trimStart()
  } catch (error) {
    // What the token may not do is told where the issue is to be written.
    missing(error)
    return undefined
  }
}

/**
 * Finds the issue that carries the marker, the label and the token's own account as its author, and writes the body into it;
 * makes it where there is none. A closed one is written and stays closed. Of several, which two runs at the same time may make,
 * the oldest is kept and the others are closed: any run that comes later sees to that too.
 */
export async function keepIssue(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  wanted: KeptIssue,
): Promise<IssueOutcome> {
  const address = { owner: repository.owner, repo: repository.name }
  try {
    const { viewer } = (await api.query(viewerQuery, {}, ViewerReplySchema)).data
    const found = await findOurs(api, address, wanted.label, viewer)
    if (found.ours.length > 0) return await writeFirst(api, address, wanted, found.ours)
    // A new one would not be found again, and each run would make another.
    if (found.seen > maximumOthers) return { done: false, missing: 'place' }
    const made = await make(api, address, wanted)
    // Another run may have made one in the meantime.
    const { ours: now } = await findOurs(api, address, wanted.label, viewer)
    const [first] = now
    if (first !== undefined && first.number !== made.number) {
      return await writeFirst(api, address, wanted, now)
    }
    await closeOthers(api, address, now, made.number)
    return { done: true, ...placeOf(made), change: 'made', ...withoutLabel(made, wanted.label) }
  } catch (error) {
    return missing(error)
  }
}

interface Address {
  readonly owner: string
  readonly repo: string
}

/** Of all that were seen those that are ours, the oldest first. */
async function findOurs(
  api: GitHubApi,
  address: Address,
  label: string,
  viewer: Viewer,
): Promise<{ readonly ours: readonly Issue[]; readonly seen: number }> {
  const ours: Issue[] = []
  let seen = 0
  for (let page = 1; page <= maximumPages; page += 1) {
    const issues = await api.read(
      `GET ${issuesPath}`,
      {
        ...address,
        labels: label,
        state: 'all',
        sort: 'created',
        direction: 'asc',
        per_page: perPage,
        page,
      },
      z.array(IssueSchema),
    )
    ours.push(...issues.filter((issue) => isOurs(issue, label, viewer)))
    seen += issues.length
    if (issues.length < perPage) break
  }
  return { ours: ours.toSorted((one, other) => one.number - other.number), seen }
}

/** Anybody may write the marker into an issue of theirs: only the token's own account counts. */
function isOurs({ body, user, pull_request }: Issue, label: string, viewer: Viewer): boolean {
  if (pull_request !== undefined || !body?.includes(markerOf(label)) || !user) return false
  return typeof viewer.databaseId === 'number'
    ? user.id === viewer.databaseId
    : plainLogin(user.login) === plainLogin(viewer.login)
}

/** GraphQL leaves the "[bot]" off an app's login. */
function plainLogin(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, '')
}

function markerOf(label: string): string {
  return `<!-- ${label}: kept up to date, what is written here is replaced -->`
}

function bodyOf({ label, body }: KeptIssue): string {
  return `${markerOf(label)}\n${body}`
}

/** Not repeated where GitHub may have carried it out: the next run finds what was made. */
function make(api: GitHubApi, address: Address, wanted: KeptIssue): Promise<Issue> {
  const { title, label } = wanted
  return api.write(
    `POST ${issuesPath}`,
    { ...address, title, body: bodyOf(wanted), labels: [label] },
    IssueSchema,
    { repeatable: false },
  )
}

async function writeFirst(
  api: GitHubApi,
  address: Address,
  wanted: KeptIssue,
  ours: readonly Issue[],
): Promise<IssueOutcome> {
  const [first] = ours
  if (first === undefined) throw new RangeError('there is no issue to write to')
  const body = bodyOf(wanted)
  const isSame = first.body?.replaceAll('\r\n', '\n') === body
  if (!isSame) await change(api, address, first.number, { body })
  await closeOthers(api, address, ours, first.number)
  return { done: true, ...placeOf(first), change: isSame ? 'none' : 'updated' }
}

/** They lose their marker, so that nobody finds them again. */
async function closeOthers(
  api: GitHubApi,
  address: Address,
  ours: readonly Issue[],
  kept: number,
): Promise<void> {
  for (const { number } of ours.filter((issue) => issue.number !== kept)) {
    await change(api, address, number, {
      state: 'closed',
      state_reason: 'not_planned',
      body: `Two runs made this at the same time. #${kept} is kept up to date.`,
    })
  }
}

async function change(
  api: GitHubApi,
  address: Address,
  number: number,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await api.write(
    `PATCH ${issuesPath}/{issue_number}`,
    { ...address, issue_number: number, ...fields },
    IssueSchema,
    { repeatable: true },
  )
}

function placeOf({ number, html_url }: Issue): { number: number; url: string } {
  return { number, url: html_url }
}

/** GitHub leaves out labels that the token may not put on, without a word. */
function withoutLabel(made: Issue, label: string): { withoutLabel?: string } {
  const names = made.labels.map((one) => (typeof one === 'string' ? one : one.name))
  return names.some((name) => name?.toLowerCase() === label.toLowerCase())
    ? {}
    : { withoutLabel: label }
}

function missing(error: unknown): IssueOutcome {
  if (!(error instanceof GitHubError)) throw error
  // A repository whose issues are switched off answers 410.
  if (error.status === 410) return { done: false, missing: 'issues', said: error.message }
  if (error.failure === 'permission' || error.failure === 'not-found') {
    return { done: false, missing: 'issues: write', said: error.message }
  }
  throw error
}
