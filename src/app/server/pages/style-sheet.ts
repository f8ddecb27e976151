/** The pages' style sheet: the report's colours, and as much of its type and spacing as plain pages need. */
export async function styleSheet(): Promise<string> {
  const { colours } = await import('../../../report/html/styles/colours.ts')
  return `${colours}${plainPage}`
}

const plainPage = `
* { box-sizing: border-box }
html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; font: 1rem/1.55 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif }
.page { max-width: 46rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) 4rem }
h1, h2, p, ul, ol, dl, dd, fieldset { margin: 0; padding: 0 }
h1, h2, p, li, dd, code { overflow-wrap: anywhere }
.masthead { border-top: 6px solid var(--ink); padding-top: .9rem; font-size: .875rem; color: var(--soft) }
.masthead a { color: var(--ink); font-weight: 600; text-decoration: none }
h1 { margin-top: 2.6rem; font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.25rem); font-weight: 650; line-height: 1.18; letter-spacing: -.02em; text-wrap: balance }
h2 { margin-top: 2.4rem; font-size: 1.25rem; line-height: 1.25; letter-spacing: -.01em }
p, ul, ol, dl, form, pre, .notice { margin-top: .9rem }
ul, ol { padding-left: 1.4rem }
li + li { margin-top: .3rem }
a { color: inherit; text-underline-offset: .2em }
.skip { position: absolute; left: 1rem; top: -6rem; padding: .6rem 1rem; background: var(--ink); color: var(--ground); z-index: 1 }
.skip:focus { top: 1rem }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 2px }
.steps { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0; list-style: none; font-size: .875rem; color: var(--soft) }
.steps li { margin: 0 }
.steps [aria-current] { color: var(--ink); font-weight: 600 }
.notice { padding: .6rem .9rem; background: var(--raised); border-left: 4px solid var(--soft) }
.notice.wrong { border-left-color: var(--ink) }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) minmax(0, 1fr); gap: .5rem 1.5rem }
dt { font-weight: 600 }
dd { color: var(--soft) }
fieldset { margin-top: 1.4rem; border: 0; min-width: 0 }
legend, label { font-weight: 600 }
legend { padding: 0 }
.choice { display: block; margin-top: .3rem; font-weight: 400 }
.field { margin-top: 1.4rem }
.field input { display: block; width: 100%; margin-top: .3rem; padding: .5rem .6rem; border: 1px solid var(--soft); border-radius: 3px; background: var(--ground); color: var(--ink); font: inherit }
.hint { margin-top: .3rem; font-size: .875rem; color: var(--soft) }
.problem { margin-top: .3rem; font-weight: 600 }
button { margin-top: 1.6rem; padding: .65rem 1.2rem; border: 0; border-radius: 3px; background: var(--ink); color: var(--ground); font: inherit; font-weight: 600; cursor: pointer }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em }
pre { padding: .8rem 1rem; background: var(--raised); white-space: pre-wrap; overflow-wrap: anywhere }
.colophon { margin-top: 4rem; padding-top: 1.2rem; border-top: 6px solid var(--ink); font-size: .875rem; color: var(--soft) }
@media (max-width: 34rem) {
  dl { display: block }
  dd { margin-bottom: .6rem }
  h1 { margin-top: 1.6rem }
}
`
