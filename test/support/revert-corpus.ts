import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, delimiter, dirname, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as z from 'zod'
import {
  type BranchCommitRecord,
  createPseudonyms,
  type DeliveryRecord,
  fileKind,
  type PullRequestRecord,
  type RevertClaim,
  RevertLinks,
  readRevertClaims,
  titleKeys,
} from '../../src/delivery/index.ts'
import { findContentMatch } from '../../src/git/find-content-match.ts'
import { openRepository } from '../../src/git/index.ts'
import { MAX_PATHS } from '../../src/git/read-unit-sizes.ts'
import { aRecord } from './a-record.ts'

const TargetSchema = z.object({
  sha: z.string(),
  subject: z.string().nullable(),
  pr: z.number().nullable(),
  onDefaultBranch: z.boolean(),
})

const RowSchema = z.object({
  repo: z.string(),
  revertSha: z.string(),
  revertPr: z.number().nullish(),
  committedAt: z.string(),
  onDefaultBranch: z.boolean(),
  revertMessage: z.string(),
  kind: z.string(),
  revertedShas: z.array(z.string()),
  targets: z.array(TargetSchema).default([]),
  /** Also named by the message, and undone for a smaller part. */
  messageTargets: z.array(z.string()).default([]),
  daysToRevert: z.number().nullish(),
  messageResolvableBy: z.string(),
})

/** One labelled commit of the corpus (data/DATA.md). */
export type LabelledRevert = z.infer<typeof RowSchema>

const corpus = new URL('../../../shared/data/corpora/', import.meta.url)
const file = new URL('reverts.jsonl', corpus)
const pseudonyms = createPseudonyms(new Uint8Array(32))

/** The labelled commits by repository; null where the corpus is absent. */
export function readRevertCorpus(): Map<string, LabelledRevert[]> | null {
  if (!existsSync(file)) return null
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n')
  return Map.groupBy(
    rows.map((line) => RowSchema.parse(JSON.parse(line))),
    ({ repo }) => repo,
  )
}

/** Clones named in WHAT_SHIPPED_CLONES, by owner/name, as their directories `owner+name` or `owner+name/repo` say. */
export function namedClones(): Map<string, string> {
  const clones = (process.env.WHAT_SHIPPED_CLONES ?? '').split(delimiter).filter(Boolean)
  return new Map(
    clones.map((clone) => {
      const path = resolve(clone)
      const name = basename(basename(path) === 'repo' ? dirname(path) : path)
      return [name.replace('+', '/'), path]
    }),
  )
}

/** A commit as the records are made of it: in the corpus the unit is the commit, not the pull request. */
interface Landing {
  readonly sha: string
  /** The pull request that it landed, for the newest commit that carries this number. */
  number: number | null
  /** Number at the end of its title, perhaps another repository's. */
  readonly own: number | null
  readonly at: string
  readonly message: string
  readonly tracked: boolean
  readonly within: string[]
}

const IndexSchema = z.tuple([z.string(), z.string(), z.string(), z.string()])

/** First-parent commits of the default branch, newest first. */
function readIndex(repo: string): z.infer<typeof IndexSchema>[] {
  const path = new URL(`index/${repo.replace('/', '+')}.tsv.gz`, corpus)
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n').slice(1)
  return lines.map((line) => IndexSchema.parse(line.split('\t')))
}

function utc(time: string): string {
  return new Date(time).toISOString()
}

/**
 * What landed, by hash: the index, the labelled commits, and their targets, of which some came in by merges and are in no
 * index of first parents. With a clone, every commit of the branch.
 */
function readLandings(
  repo: string,
  rows: readonly LabelledRevert[],
  clone: string | undefined,
): Map<string, Landing> {
  const landings = new Map<string, Landing>()
  const taken = new Set<number>()
  const add = (landing: Omit<Landing, 'number' | 'within'>, isLanding: boolean) => {
    if (landings.has(landing.sha)) return
    const number = isLanding && landing.own !== null && !taken.has(landing.own) ? landing.own : null
    if (number !== null) taken.add(number)
    landings.set(landing.sha, { ...landing, number, within: [] })
  }
  const messages = new Map(rows.map(({ revertSha, revertMessage }) => [revertSha, revertMessage]))
  for (const [sha, pr, at, subject] of readIndex(repo)) {
    const own = pr === '' ? null : Number(pr)
    add({ sha, own, at: utc(at), message: messages.get(sha) ?? subject, tracked: true }, true)
  }
  for (const { revertSha, revertPr, committedAt, revertMessage, onDefaultBranch } of rows)
    add(
      {
        sha: revertSha,
        own: revertPr ?? null,
        at: utc(committedAt),
        message: revertMessage,
        tracked: onDefaultBranch,
      },
      false,
    )
  for (const { committedAt, daysToRevert, targets } of rows)
    for (const { sha, subject, pr, onDefaultBranch } of targets) {
      if (subject === null) continue
      const at = new Date(Date.parse(committedAt) - (daysToRevert ?? 0) * 86_400_000).toISOString()
      add({ sha, own: pr, at, message: subject, tracked: onDefaultBranch }, onDefaultBranch)
    }
  if (clone !== undefined) addFromClone(clone, landings)
  return landings
}

function git(clone: string, ...args: string[]): string {
  return execFileSync('git', ['-C', clone, ...args], { maxBuffer: 2 ** 30, encoding: 'utf8' })
}

/** Every commit of the branch with its whole message, which of merges is the pull request's title. */
function addFromClone(clone: string, landings: Map<string, Landing>): void {
  const fields = git(clone, 'log', '-z', '--format=%H%x00%cI%x00%B', 'HEAD').split('\0')
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [sha = '', time = '', message = ''] = fields.slice(at, at + 3)
    const present = landings.get(sha)
    // The corpus has people replaced by pseudonyms, and the labels are its messages'.
    const kept = present?.message.includes('\n') ? present.message : message
    landings.set(sha, {
      number: null,
      own: null,
      tracked: true,
      within: [],
      ...present,
      sha,
      at: utc(time),
      message: kept,
    })
  }
}

/** Commits that were squashed are in the clone by the refs of their pull requests. */
function addSquashed(clone: string, landings: Map<string, Landing>, shas: Iterable<string>): void {
  const byNumber = new Map<number, Landing>()
  for (const landing of landings.values())
    if (landing.number !== null) byNumber.set(landing.number, landing)
  for (const sha of shas) {
    if (landings.has(sha) || sha.length < 40 || !exists(clone, sha)) continue
    const refs = git(clone, 'for-each-ref', `--contains=${sha}`, '--format=%(refname)', 'refs/pull')
    for (const [, number] of refs.matchAll(/^refs\/pull\/(\d+)\//gm))
      byNumber.get(Number(number))?.within.push(sha)
  }
}

function exists(clone: string, sha: string): boolean {
  try {
    execFileSync('git', ['-C', clone, 'cat-file', '-e', `${sha}^{commit}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function titleOf(message: string): string {
  const lines = message.trimStart().split('\n')
  const title = lines[0] ?? ''
  if (!/^Merge pull request #\d+ from /.test(title)) return title
  return lines.slice(1).find((line) => line.trim() !== '') ?? title
}

const pullRequest = aRecord()
const [commit] = pullRequest.commits ?? []

function toRecord(repo: string, landing: Landing, claims: readonly RevertClaim[]): DeliveryRecord {
  const { number, sha, at, message, tracked, within } = landing
  const shared = {
    version: pullRequest.version,
    source: 'git' as const,
    repository: { id: null, name: repo },
    titleKeys: titleKeys(titleOf(message), pseudonyms),
    size: null,
    revertClaims: [...claims],
  } satisfies Partial<DeliveryRecord>
  if (number === null)
    return {
      ...shared,
      record: 'branch-commit',
      sha,
      committedAt: at,
      branchTracked: tracked,
      bot: null,
    } satisfies BranchCommitRecord
  const { merge } = pullRequest
  return {
    ...pullRequest,
    ...shared,
    number,
    commits: within.flatMap((own) => (commit === undefined ? [] : [{ ...commit, sha: own }])),
    merge: merge === null ? null : { ...merge, at, commit: sha },
    base: { ...pullRequest.base, tracked },
  } satisfies PullRequestRecord
}

/** What was found of one labelled commit. */
export interface Finding {
  readonly row: LabelledRevert
  readonly role: ReturnType<RevertLinks['roleOf']>
  /** Hashes of what it was linked to. */
  readonly linked: readonly string[]
  /** Whether a rate counts any of these links. */
  readonly counted: boolean
}

/** How the corpus is to be read. */
export interface Reading {
  /** Directory of a clone, for messages and squashed commits that the corpus does not have. */
  readonly clone?: string
  /** Whether reverts that name nothing that is found are looked for by their content, which takes a clone. */
  readonly byContent?: boolean
}

/** Runs the readers and the links over one repository of the corpus. */
export async function findInCorpus(
  repo: string,
  rows: readonly LabelledRevert[],
  { clone, byContent = false }: Reading = {},
): Promise<Finding[]> {
  const landings = readLandings(repo, rows, clone)
  const claims = new Map<string, RevertClaim[]>()
  for (const { sha, message, own } of landings.values()) {
    const found = readRevertClaims({ message, repository: repo, number: own }, pseudonyms)
    if (found.length > 0) claims.set(sha, found)
  }
  const first = linkAll(repo, rows, landings, claims)
  if (clone === undefined) return first
  const unnamed = first.filter(
    ({ row, linked }) => row.onDefaultBranch && linked.length === 0 && says(claims, row),
  )
  const hashes = unnamed.flatMap(({ row }) => claims.get(row.revertSha) ?? [])
  addSquashed(
    clone,
    landings,
    hashes.flatMap(({ shas }) => shas),
  )
  const second = linkAll(repo, rows, landings, claims)
  if (!byContent) return second
  const repository = await openRepository(clone, { environment: process.env })
  for (const { row, linked } of second) {
    if (linked.length > 0 || !row.onDefaultBranch || !says(claims, row)) continue
    const revert = {
      sha: row.revertSha,
      committedAt: Date.parse(row.committedAt),
      paths: changedPaths(clone, row.revertSha),
    }
    const found = await findContentMatch(repository, revert, {})
    const present = claims.get(row.revertSha) ?? []
    if (found !== undefined) claims.set(row.revertSha, [...present, byContentOf(found)])
  }
  return linkAll(repo, rows, landings, claims)
}

/** The files by which candidates are looked for, as the reader of records takes them. */
function changedPaths(clone: string, sha: string): string[] {
  const names = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--no-commit-id']
  const answer = execFileSync('git', ['-C', clone, ...names, `${sha}^1`, sha], { encoding: 'utf8' })
  return answer
    .split('\0')
    .filter((path) => path !== '' && fileKind(path) === 'counted')
    .slice(0, MAX_PATHS)
}

/** Whether a title, or a branch, says that it reverts. */
function says(claims: ReadonlyMap<string, RevertClaim[]>, { revertSha }: LabelledRevert): boolean {
  return claims.get(revertSha)?.some(({ kind, aside }) => kind === 'revert' && !aside) === true
}

function byContentOf({ sha, coverage }: { sha: string; coverage: number }): RevertClaim {
  return {
    in: 'content',
    kind: 'revert',
    partial: false,
    aside: false,
    shas: [sha],
    numbers: [],
    titles: [],
    coverage,
  }
}

function linkAll(
  repo: string,
  rows: readonly LabelledRevert[],
  landings: ReadonlyMap<string, Landing>,
  claims: ReadonlyMap<string, RevertClaim[]>,
): Finding[] {
  const links = new RevertLinks()
  for (const landing of landings.values())
    links.add(toRecord(repo, landing, claims.get(landing.sha) ?? []))
  const repository = { id: null, name: repo }
  const nameOf = ({ number, sha }: Landing) =>
    number === null ? { repository, sha } : { repository, number }
  const linked = new Map<string, { sha: string; counted: boolean }[]>()
  for (const landing of landings.values())
    for (const { by, uncounted } of links.linksTo(nameOf(landing))) {
      const list = linked.get(by.sha ?? '') ?? []
      linked.set(by.sha ?? '', [...list, { sha: landing.sha, counted: uncounted === null }])
    }
  return rows.flatMap((row) => {
    const landing = landings.get(row.revertSha)
    const found = linked.get(row.revertSha) ?? []
    return landing === undefined
      ? []
      : {
          row,
          role: links.roleOf(nameOf(landing)),
          linked: found.map(({ sha }) => sha),
          counted: found.some(({ counted }) => counted),
        }
  })
}

/** Everything labelled is linked, and nothing that the message does not name as well. */
export function isRight({ row, linked }: Finding): boolean {
  const allowed = new Set([...row.revertedShas, ...row.messageTargets])
  return (
    row.revertedShas.every((sha) => linked.includes(sha)) && linked.every((sha) => allowed.has(sha))
  )
}
