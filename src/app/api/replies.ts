import type { Context } from 'hono'
import type * as z from 'zod'
import { changeFlags, exclusionReasons } from '../../delivery/index.ts'
import { loadReports, type Report } from '../../report/index.ts'
import {
  dayOf,
  type FoundScope,
  findAccount,
  findReport,
  findScope,
} from '../library/find-scope.ts'
import type { Library, Standing } from '../library/library.ts'
import { askedPage, byDay, byId, nextLink, pageOf } from './page-of.ts'
import { problem } from './problems.ts'
import { reply } from './reply.ts'
import type {
  AccountsSchema,
  DefinitionsSchema,
  RepositoriesSchema,
  SnapshotsSchema,
  StandingSchema,
} from './reply-schemas.ts'

/** Answers of somebody's library, which holds nothing that the pages do not show. */
export type Answer = (context: Context, library: Library) => Promise<Response>

export async function accountsReply(context: Context, library: Library): Promise<Response> {
  const asked = askedPage(context, byId)
  if (asked === undefined) return problem(context, 'invalid-parameter')
  const all = (await library.accounts()).toSorted((one, other) => one.id - other.id)
  const { entries, next } = pageOf(all, asked, ({ id }) => String(id), byId)
  if (next !== null) context.header('link', nextLink(context, asked, next))
  return replyWith<typeof AccountsSchema>(context, {
    accounts: entries.map(({ id, name, kind, role, synthetic, state }) => ({
      ...{ id, name, kind, role, synthetic, state },
    })),
    next,
  })
}

export async function repositoriesReply(context: Context, library: Library): Promise<Response> {
  const asked = askedPage(context, byId)
  if (asked === undefined) return problem(context, 'invalid-parameter')
  const account = await findAccount(library, context.req.param('account') ?? '')
  if (account === undefined) return problem(context, 'not-found')
  const all = (await account.repositories()).toSorted((one, other) => one.id - other.id)
  const { entries, next } = pageOf(all, asked, ({ id }) => String(id), byId)
  if (next !== null) context.header('link', nextLink(context, asked, next))
  return replyWith<typeof RepositoriesSchema>(context, {
    repositories: entries.map(({ id, name, visibility, standing }) => ({
      ...{ id, name, visibility, standing },
    })),
    next,
  })
}

export async function snapshotsReply(context: Context, library: Library): Promise<Response> {
  const asked = askedPage(context, byDay)
  if (asked === undefined) return problem(context, 'invalid-parameter')
  const found = await scopeOf(context, library)
  if (found === undefined) return problem(context, 'not-found')
  const weeks = await found.account.weeks(found.scope)
  const { entries, next } = pageOf(weeks, asked, dayOf, byDay)
  if (next !== null) context.header('link', nextLink(context, asked, next))
  return replyWith<typeof SnapshotsSchema>(context, {
    snapshots: entries.map((week) => ({
      day: dayOf(week),
      builtAt: new Date(week.builtAt).toISOString(),
      method: week.methodVersion,
    })),
    next,
  })
}

export async function snapshotReply(context: Context, library: Library): Promise<Response> {
  const found = await scopeOf(context, library)
  const report = found && (await findReport(found, context.req.param('day'), 'read-report'))
  return report === undefined ? problem(context, 'not-found') : wholeReport(context, report)
}

export function reportReply(context: Context, library: Library): Promise<Response> {
  return ofNewest(context, library, wholeReport)
}

export function coverageReply(context: Context, library: Library): Promise<Response> {
  return ofNewest(context, library, async (_, report) => {
    const { version, method, registry, scope, asOf, kept, coverage, readings } = report
    const part = { version, method, registry, scope, asOf, kept, coverage }
    return reply(context, JSON.stringify({ ...part, reading: readings.coverage }))
  })
}

export async function definitionsReply(context: Context): Promise<Response> {
  const { everyDefinition } = await loadReports()
  const meanings = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([name, text]) => ({ name, text }))
  return replyWith<typeof DefinitionsSchema>(
    context,
    {
      definitions: everyDefinition(),
      exclusions: meanings(exclusionReasons),
      flags: meanings(changeFlags),
    },
    'by-all',
  )
}

function scopeOf({ req }: Context, library: Library): Promise<FoundScope | undefined> {
  const [account = '', repository] = [req.param('account'), req.param('repository')]
  return findScope(library, { account, repository })
}

async function ofNewest(
  context: Context,
  library: Library,
  show: (context: Context, report: Report) => Promise<Response>,
): Promise<Response> {
  const found = await scopeOf(context, library)
  const standing = await found?.account.standing(found.scope)
  if (standing === undefined) return problem(context, 'not-found')
  if (standing.kind === 'shown') return show(context, standing.report)
  return problem(context, 'no-report', { standing: standingOf(standing) })
}

/** The bytes of the file, but for their spaces. */
async function wholeReport(context: Context, report: Report): Promise<Response> {
  const { renderJsonLine } = await loadReports()
  return reply(context, renderJsonLine(report))
}

function standingOf(
  standing: Exclude<Standing, { kind: 'shown' }>,
): z.infer<typeof StandingSchema> {
  if (standing.kind === 'awaited') {
    return { kind: 'awaited', due: new Date(standing.due).toISOString() }
  }
  if (standing.kind !== 'reading') return { kind: standing.kind }
  const { kind, repositories, pullRequests } = standing
  return { kind, repositories: { read: repositories.read, all: repositories.all }, pullRequests }
}

function replyWith<Schema extends z.ZodType>(
  context: Context,
  value: z.infer<Schema>,
  kept?: Parameters<typeof reply>[2],
): Response {
  return reply(context, JSON.stringify(value), kept)
}
