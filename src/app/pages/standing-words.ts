import { html } from 'hono/html'
import { dayText } from '../../report/index.ts'
import type { Account, RepositoryEntry, Scope, Standing } from '../library/library.ts'
import type { Html } from './page.ts'
import { accountPath } from './paths.ts'

/** Each state in a few words, as they stand beside a name. */
export const standingWords: Readonly<Record<Standing['kind'], string>> = {
  shown: 'report',
  reading: 'being read',
  awaited: 'first report to come',
  empty: 'no pull requests',
  hidden: 'too few to show',
  closed: 'closed',
  unreadable: 'cannot be read',
}

/** What of a state its words depend on. */
export interface StandingContext {
  readonly account: Pick<Account, 'id' | 'role' | 'synthetic'>
  readonly scope: Scope
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Where there is no report to show: what is the case, and what happens next. */
export interface StandingText {
  /** In a heading. */
  readonly title: string
  readonly what: Html
  readonly next: Html
}

/** The words of every state that shows no report. */
export function describeStanding(
  standing: Exclude<Standing, { kind: 'shown' }>,
  context: StandingContext,
): StandingText {
  const { scope, account } = context
  const whole = scope.kind === 'organisation'
  switch (standing.kind) {
    case 'reading':
      return describeReading(standing, whole)
    case 'awaited':
      return describeAwaited(standing.due, context.now)
    case 'empty':
      return {
        title: 'There is nothing to report yet',
        what: html`${whole ? 'The repositories were read, and there are' : 'This repository was read, and there are'} no pull requests of the last months in ${whole ? 'them' : 'it'}.`,
        next: html`Pull requests are noticed as they are opened. Once some are merged, the next report counts them; nobody needs to do anything.`,
      }
    case 'hidden':
      return describeHidden(context)
    case 'closed':
      return {
        title: 'The owners have closed the numbers',
        what: html`They are closed for everybody, the owners too. Checks on pull requests go on, and nothing is lost.`,
        next:
          account.role === 'owner' && !account.synthetic
            ? html`You are an owner: open them again, for everybody, in the <a href="${accountPath(account.id)}/settings">settings</a>.`
            : html`Ask an owner if you need them. When they are opened again, everybody who may see them sees the same.`,
      }
    case 'unreadable':
      return {
        title: 'This report cannot be read',
        what: html`It was written by another version of this server, in a form that this one does not know.`,
        next: html`The next one, made on a Monday, can be read again. If it is needed sooner, whoever runs the server starts the newer version.`,
      }
  }
}

function describeReading(
  { repositories: { read, all }, pullRequests }: Extract<Standing, { kind: 'reading' }>,
  whole: boolean,
): StandingText {
  const counted = `${count(pullRequests)} pull ${pullRequests === 1 ? 'request' : 'requests'}`
  return {
    title: 'The past is being read',
    what: whole
      ? html`So far ${count(read)} of ${count(all)} repositories, with ${counted}.<progress value="${read}" max="${Math.max(all, 1)}" aria-label="Repositories read"></progress>`
      : html`So far ${counted}.`,
    next: whole
      ? html`The first report is made as soon as all of them are read, a day after the installation at the latest. Each repository has one of its own once it is read. Load this page again to see how far it is; nothing waits for it.`
      : html`The first report is made as soon as this repository is read, which takes minutes, with very many pull requests hours. Load this page again to see how far it is; nothing waits for it.`,
  }
}

function describeAwaited(due: number, now: number): StandingText {
  const title = 'The first report is to come'
  return due <= now
    ? {
        title,
        what: html`Everything is read, and the report is being made.`,
        next: html`Load this page again in a few minutes.`,
      }
    : {
        title,
        what: html`Everything is read. The report is due on <strong>${timeText(due)}</strong>.`,
        next: html`Come back then; nobody needs to do anything.`,
      }
}

function describeHidden({ account, scope }: StandingContext): StandingText {
  const whole = scope.kind === 'organisation'
  return {
    title: 'Too few to show',
    what: html`A group of changes is shown only from 5 people and 20 changes on, or more where the owners say so, and only where nobody made most
of it: otherwise the numbers would be about single people. ${whole ? 'Here' : 'In this repository'} that is not so yet.`,
    next: whole
      ? html`Reports are made every Monday. The first one with enough people and changes behind it stands here.`
      : html`${account.role === 'outsider' ? '' : html`Its changes are counted in the <a href="${accountPath(account.id)}">report of the whole</a>. `}When more people work in it, it gets a report of its own on a Monday; nobody needs to do anything.`,
  }
}

/** As a box in a page. */
export function standingNotice({ what, next }: StandingText): Html {
  return html`<div class="notice"><p>${what}</p></div>
<p><strong>What happens next:</strong> ${next}</p>`
}

/** States of repositories beside their names: visibility, and whether there is a report. */
export function entryWords({ visibility, standing }: RepositoryEntry): string {
  return `${visibility} · ${standingWords[standing]}`
}

function count(number: number): string {
  return number.toLocaleString('en')
}

/** `22 June 2026, 00:10 UTC` */
function timeText(at: number): string {
  const iso = new Date(at).toISOString()
  return `${dayText(iso)}, ${iso.slice(11, 16)} UTC`
}
