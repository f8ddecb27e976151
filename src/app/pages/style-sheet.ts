import { createHash } from 'node:crypto'
import { loadReportStyles } from '../../report/index.ts'

const { reportStyles } = await loadReportStyles()

/** What pages have that a report's page has not. */
const pageStyles = `
.bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem 1.8rem; border-top: 6px solid var(--ink); padding-top: .9rem; font-size: .875rem; color: var(--soft) }
.bar a { color: inherit; text-decoration: none; overflow-wrap: anywhere }
.bar a:hover, .bar button.plain:hover { text-decoration: underline; text-underline-offset: .25em }
.bar .brand a { color: var(--ink); font-weight: 600; letter-spacing: -.01em }
.bar .you { margin-left: auto }
.links { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem 1.3rem }
.links [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none }
.bar li { padding: .2rem 0 }
main { display: block }
main:focus { outline: none }
main > .brand { margin-top: 1.8rem }
main > .brand + h1, main > .brand + .synthetic + h1 { margin-top: 1.4rem }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--soft) }
.colophon .links { margin-top: 1.4rem }
.content > .links li { padding: .15rem 0 }

.text { max-width: 42rem }
.text h1 { margin-top: 2.6rem; font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.25rem); font-weight: 650; line-height: 1.18; letter-spacing: -.02em }
.text h2 { margin-top: 2.6rem; padding-top: 1rem; border-top: 1px solid var(--rule) }
.text h3 { margin-top: 1.6rem; font-size: 1rem }
.text p, .text ul, .text ol, .text dl, .text form, .text pre, .text .notice, .state p, .state .notice { margin-top: .9rem }
.text ul:not([class]), .text ul.points, .text ol:not([class]) { margin-bottom: 0; padding-left: 1.4rem }
.text ul:not([class]), .text ul.points { list-style: disc }
.text li + li { margin-top: .35rem }
.text p, .text li, .text dd, .text code { overflow-wrap: anywhere }
.text dl:not(.terms) { display: grid; grid-template-columns: minmax(8rem, 12rem) minmax(0, 1fr); gap: .5rem 1.5rem }
.text dt { font-weight: 600 }
.text dd { color: var(--soft) }
.text td { text-align: left }
.text td + td { padding-left: 1.4rem }
.text th, .text td { overflow-wrap: anywhere }
.text .log th, .text .log td { padding-right: 1rem; text-align: left; overflow-wrap: normal }
.text .log td + td { padding-left: 0 }
.log time, .log .who { white-space: nowrap; font-weight: 400 }
.text .log .free { min-width: 12rem; overflow-wrap: anywhere }
.state { max-width: 42rem; margin-top: 1.8rem }
.notice { font-size: .9375rem }
.notice p { margin: 0 }
.notice .more { margin-top: .3rem; color: var(--soft) }
.notice.wrong { border-left-color: var(--ink) }
.notice details { margin-top: .3rem }
.announcements .day { color: var(--soft); margin-right: .3rem }
.announcements li + li { margin-top: .3rem }
.announcements { overflow-wrap: anywhere }
progress { display: block; width: 100%; max-width: 24rem; height: .6rem; margin-top: .7rem; accent-color: var(--all) }

.entries { border-top: 1px solid var(--faint); padding: 0 }
.text ul.entries { margin-top: 1.6rem }
.entries li, .text .entries li + li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; margin: 0; padding: .5rem 0; border-bottom: 1px solid var(--faint) }
.entries a { font-weight: 600; overflow-wrap: anywhere }
.entries span { color: var(--soft); font-size: .875rem }

.steps { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; font-size: .875rem; color: var(--soft) }
.text ol.steps { padding: 0 }
.text .steps li { margin: 0 }
.steps [aria-current] { color: var(--ink); font-weight: 600 }
fieldset { margin: 1.4rem 0 0; padding: 0; border: 0; min-width: 0 }
legend, label { font-weight: 600 }
legend { padding: 0 }
.choice { display: block; margin-top: .3rem; padding-left: 1.6rem; text-indent: -1.6rem; font-weight: 400 }
.choice input { width: 1rem; height: 1rem; margin: 0 .6rem 0 0; vertical-align: -.1rem; accent-color: var(--ink) }
.field { margin-top: 1.4rem }
.field input, .field select, .field textarea { display: block; width: 100%; margin-top: .3rem; padding: .5rem .6rem; border: 1px solid var(--soft); border-radius: 3px; background: var(--ground); color: var(--ink); font: inherit }
.text .hint, .hint { margin-top: .3rem; font-size: .875rem; color: var(--soft) }
.text .problem, .problem { margin-top: .3rem; font-weight: 600 }
button, .button { display: inline-block; margin-top: 1.6rem; padding: .65rem 1.2rem; border: 0; border-radius: 3px; background: var(--ink); color: var(--ground); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer }
.button { margin-top: .4rem }
button.plain { margin: 0; padding: 0; background: none; color: inherit; font-weight: 400 }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em }
pre { padding: .8rem 1rem; background: var(--raised); white-space: pre-wrap; overflow-wrap: anywhere }

@media (max-width: 60rem) {
  .bar .you { margin-left: 0 }
}
@media (max-width: 34rem) {
  .text dl:not(.terms) { display: block }
  .text dl:not(.terms) dd { margin-bottom: .6rem }
  .text h1 { margin-top: 1.6rem }
  .bar .brand { flex-basis: 100% }
}
@media print {
  .bar nav, .colophon nav, .skip, .announcements, main > .brand a, [aria-labelledby=readable], [aria-labelledby=files] { display: none }
  .text, .state { max-width: none }
}
`

const text = reportStyles + pageStyles

/** The one style sheet of all pages. Its address changes with its text, so that it is kept for as long as one likes. */
export const styleSheet = {
  text,
  path: `/style-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.css`,
} as const
