/** The page: type, spacing, cards, tables. */
export const page = `
* { box-sizing: border-box }
html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; font: 1rem/1.55 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums }
.report { max-width: 69rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) 4rem }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0 }
h1, h2, h3, .headline, .verdict { text-wrap: balance; overflow-wrap: anywhere }
ul { list-style: none }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; left: 1rem; top: -6rem; padding: .6rem 1rem; background: var(--ink); color: var(--ground); z-index: 1 }
.skip:focus { top: 1rem }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 2px }

.masthead { border-top: 6px solid var(--ink); padding-top: .9rem }
.brand { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2rem; font-size: .875rem; color: var(--soft) }
.brand strong { color: var(--ink); letter-spacing: -.01em }
.synthetic, .notice { margin-top: .9rem; padding: .5rem .8rem; background: var(--raised); border-left: 4px solid var(--soft); font-size: .875rem }
h1 { margin-top: 2.6rem; font-size: 1.0625rem; font-weight: 600; line-height: 1.35 }
h1 span { color: var(--soft); font-weight: 400 }
.headline { margin-top: .35rem; max-width: 56rem; font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.25rem); font-weight: 650; line-height: 1.18; letter-spacing: -.02em }
.window { margin-top: 1.3rem; font-size: .9375rem; color: var(--soft) }
.groups { display: flex; flex-wrap: wrap; gap: .4rem 2.4rem; margin-top: .4rem; font-size: .9375rem }
.groups li { display: flex; gap: .6rem; align-items: baseline }
.groups strong { margin-right: .25rem }
.groups span { color: var(--soft) }
.groups span strong { color: var(--ink) }
.key { flex: none; position: relative; top: .2rem }

.statements { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 2rem; margin-top: 2.4rem }
.card { display: grid; grid-row: span 5; grid-template: subgrid / minmax(0, 1fr); align-content: start; row-gap: 0; padding-bottom: 1.6rem; border-top: 1px solid var(--rule); padding-top: .8rem; min-width: 0 }
.card.settled { border-top: 3px solid var(--ink); padding-top: calc(.8rem - 2px) }
.card h3 { font-size: .875rem; font-weight: 600; color: var(--soft) }
.verdict { margin-top: .4rem; font-size: .9375rem; color: var(--soft); line-height: 1.45 }
.verdict strong { display: block; margin-bottom: .3rem; font-size: 1.1875rem; line-height: 1.28; letter-spacing: -.01em; color: var(--ink) }
.verdict .rest { display: block }
.verdict .rest::first-letter { text-transform: uppercase }
.reason { margin-top: .5rem; font-size: .9375rem; color: var(--soft) }
.estimate { margin-top: 1rem; font-size: .9375rem }
.number { font-size: 2.25rem; font-weight: 650; line-height: 1.1; letter-spacing: -.03em; white-space: nowrap }
.interval { display: block; color: var(--soft) }
.card .facts { margin-top: .9rem }
.facts thead th { border-bottom-color: var(--rule) }
.facts th, .facts td { padding-left: .8rem }
.facts tbody th { color: var(--soft) }
.card details td, .card details th { padding-left: .6rem; font-size: .8125rem }
.card details th:first-child { padding-left: 0 }
.card details .range { font-size: .75rem }
.people { margin-top: .5rem; font-size: .875rem; color: var(--soft) }

.part { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 1rem 3rem; margin-top: 3.2rem; padding-top: 1rem; border-top: 1px solid var(--rule) }
.part:nth-of-type(2) { margin-top: 1.6rem }
h2 { font-size: 1.25rem; line-height: 1.25; letter-spacing: -.01em }
.about { margin-top: .5rem; font-size: .875rem; line-height: 1.5; color: var(--soft) }
.content { min-width: 0; container-type: inline-size }
.content > * + * { margin-top: 1rem }
figcaption, .reading { max-width: 45rem; font-size: .9375rem }
figcaption { margin-top: .7rem }
.empty { color: var(--soft) }

details { margin-top: .8rem; font-size: .875rem }
summary { width: fit-content; padding: .2rem 0; cursor: pointer; color: var(--soft); text-decoration: underline; text-decoration-color: var(--rule); text-underline-offset: .25em }
summary:hover { color: var(--ink); text-decoration-color: currentColor }
.terms { margin-top: .6rem }
.terms dt { margin-top: .7rem; font-weight: 600 }
.terms dd { color: var(--soft); overflow-wrap: anywhere }
.note { margin-top: .8rem; color: var(--soft) }
.more { font-size: .875em }
.wide-terms { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: .7rem 1.5rem; margin-top: 0; font-size: .9375rem }
.wide-terms dt, .wide-terms dd { margin: 0 }
.warnings li { padding: .55rem 0 .55rem 1rem; border-left: 4px solid var(--rule); font-size: .9375rem }
.warnings li + li { margin-top: .5rem }

.scroll { overflow-x: auto; margin-top: .9rem; position: relative }
.content > .scroll:first-child, .content > details:first-child { margin-top: 0 }
.value { white-space: nowrap }
.range { display: block; white-space: nowrap; color: var(--soft); font-size: .8125rem }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4 }
caption { padding-bottom: .5rem; text-align: left; font-weight: 600 }
th, td { padding: .42rem 0 .42rem 1.1rem; text-align: right; vertical-align: top; font-weight: 400 }
th:first-child { padding-left: 0; text-align: left }
thead th { border-bottom: 1px solid var(--ink); vertical-align: bottom; color: var(--soft) }
tbody th, tbody td { border-bottom: 1px solid var(--faint) }
.name { display: block; min-width: 8rem; overflow-wrap: anywhere }

.colophon { margin-top: 4.5rem; padding-top: 1.2rem; border-top: 6px solid var(--ink); font-size: .875rem; color: var(--soft) }
.colophon p { max-width: 46rem }
.colophon p + p { margin-top: .4rem }
.imprint { margin-top: 1.2rem }
.imprint div { display: grid; grid-template-columns: 11rem 1fr; gap: .2rem .8rem; max-width: 46rem; padding: .35rem 0; border-top: 1px solid var(--faint) }
.colophon .brand { display: block; margin-top: 1.4rem }

@media (max-width: 60rem) {
  .statements { display: block }
  .card { display: block; max-width: 36rem }
  .card .estimate { margin-top: .8rem }
  .part { display: block }
  .part .content { margin-top: 1.3rem }
  .about { max-width: 42rem }
}
@media (max-width: 34rem) {
  .stacks, .stacks caption, .stacks thead, .stacks tbody { display: block }
  .stacks tr { display: flex; flex-wrap: wrap; border-bottom: 1px solid var(--faint) }
  .stacks thead tr { border-bottom-color: var(--ink) }
  .stacks th, .stacks td { flex: 1 1 1px; min-width: 0; padding: .2rem 0 .42rem .6rem; border: 0 }
  .stacks th:first-child, .stacks th[scope=row] { flex-basis: 100%; padding: .42rem 0 0 }
  .stacks th + td, .stacks th:nth-child(2) { padding-left: 0; text-align: left }
  .stacks .range { white-space: normal }
  .masthead { padding-top: .6rem }
  h1 { margin-top: 1.6rem }
  .part { margin-top: 3rem }
  .wide-terms { display: block }
  .wide-terms dt { margin-top: .8rem }
  .imprint div { grid-template-columns: 8rem 1fr }
}
`
