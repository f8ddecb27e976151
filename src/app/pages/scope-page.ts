import { html } from 'hono/html'
import { dayText, loadReports, type Report, visibleText } from '../../report/index.ts'
import type {
  Account,
  Announcement,
  PublishedWeek,
  RepositoryEntry,
  Scope,
  Standing,
} from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import { documentPages } from './document-pages.ts'
import { filesPart } from './files-part.ts'
import { frame, type Html, madeUpNotice } from './page.ts'
import { scopePath } from './paths.ts'
import { readablePart } from './readable-part.ts'
import { describeStanding, type StandingText, standingNotice } from './standing-words.ts'

/** The page of an account or of one of its repositories, as one viewer sees it. */
export interface ScopePage {
  readonly viewer: Viewer
  readonly account: Pick<Account, 'id' | 'name' | 'role' | 'synthetic' | 'state'>
  readonly scope: Scope
  /** For display only. */
  readonly name: string
  /** Undefined: there is nothing of the whole for outsiders. */
  readonly standing: Standing | undefined
  /** The report of an earlier week, where that was asked for. */
  readonly earlier: Report | undefined
  readonly weeks: readonly PublishedWeek[]
  readonly announcements: readonly Announcement[]
  /** Of an account: those that the viewer can read. */
  readonly repositories: readonly RepositoryEntry[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

export async function scopePage(page: ScopePage): Promise<Html> {
  const { viewer, account, scope, standing, earlier } = page
  const report = earlier ?? (standing?.kind === 'shown' ? standing.report : undefined)
  const place = { viewer, account, at: scopePath(account.id, scope) }
  const below = html`${scope.kind === 'organisation' ? readablePart(account.id, page.repositories) : ''}
${report === undefined ? '' : filesPart(place.at, page.weeks, report.asOf)}`
  if (report === undefined) {
    const { title, content } = withoutReport(page)
    return frame({
      title: `${title}: ${visibleText(page.name)}`,
      place,
      content: html`${notices(page)}
${madeUpNotice(place)}
<h1><span>What shipped at</span> ${visibleText(page.name)}</h1>
<p class="headline">${title}</p>
<div class="state">
${content}
</div>
<div>
${below}
</div>`,
    })
  }
  const { reportPieces } = await loadReports()
  const { extent, opening, sections, imprint } = reportPieces(report, {
    definitions: documentPages,
    repositories: new Map(
      page.repositories.map(({ id, name }) => [
        name,
        scopePath(account.id, { kind: 'repository', id }),
      ]),
    ),
  })
  return frame({
    title: `${report.scope.synthetic ? 'Synthetic example: ' : ''}What shipped at ${visibleText(page.name)}, ${dayText(report.asOf)}`,
    place,
    content: html`${notices(page)}
${earlier === undefined ? '' : earlierNotice(place.at, page.weeks)}
<p class="brand"><span>${extent}</span> <a href="#files">Other weeks, and this one as a file</a></p>
${opening}
<div>
${sections}
${below}
</div>`,
    foot: html`${imprint}`,
  })
}

/** What is the case where there is no report, and what comes next. */
function withoutReport({ account, scope, standing, now }: ScopePage): {
  title: string
  content: Html
} {
  if (standing === undefined || standing.kind === 'shown') {
    return {
      title: 'You see the repositories that you can read',
      content: html`<p>The report of the whole is for members of ${visibleText(account.name)}. Each repository below that has a report shows
it to you as it does to them.</p>`,
    }
  }
  const text =
    account.state === 'suspended' ? suspended : describeStanding(standing, { account, scope, now })
  return { title: text.title, content: standingNotice(text) }
}

function notices({ announcements }: ScopePage): Html {
  return announcements.length === 0 ? html`` : announced(announcements)
}

const suspended: StandingText = {
  title: 'The App is suspended or removed',
  what: html`An owner suspended or removed it on GitHub: nothing new comes in, and nothing is shown.`,
  next: html`Where it is resumed or installed again, in the settings of the account on GitHub, the pages are back. Where it was removed,
all that is stored is erased 30 days after that.`,
}

/** A setting may name branches at any length. */
const longestAnnouncement = 400

/** The newest in sight, so that the report stays the first thing on the page. */
function announced(announcements: readonly Announcement[]): Html {
  const [newest, ...older] = announcements.map(
    ({ at, text }) =>
      html`<li><span class="day">${dayText(new Date(at).toISOString())}</span> ${visibleText(text, longestAnnouncement)}</li>\n`,
  )
  const rest = html`<details><summary>${older.length} more ${older.length === 1 ? 'change' : 'changes'} of the settings in 30 days</summary>
<ul>
${older}</ul></details>`
  return html`<section class="notice announcements" aria-label="Changes of the settings">
<ul>
${newest ?? ''}</ul>
${older.length === 0 ? '' : rest}
</section>
`
}

function earlierNotice(path: string, [newest]: readonly PublishedWeek[]): Html {
  const day = newest === undefined ? '' : `, as of ${dayText(new Date(newest.asOf).toISOString())}`
  return html`<div class="notice"><p>This is an earlier report. <a href="${path}">The newest one${day}</a>.</p></div>`
}
