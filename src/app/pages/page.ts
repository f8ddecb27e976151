import { html } from 'hono/html'
import { bar, type Place } from './bar.ts'
import type { Html } from './html.ts'
import { styleSheet } from './style-sheet.ts'

export type { Html } from './html.ts'

/** A whole page of text. It needs no script, and nothing but the one style sheet. */
export function page(title: string, content: Html, place: Place = {}): Html {
  return frame({
    title,
    place,
    content: html`<div class="text">${madeUpNotice(place)}
<h1>${title}</h1>
${content}
</div>`,
  })
}

/** Where an account is made up, every page says so; reports say it themselves. */
export function madeUpNotice({ account }: Place): Html | '' {
  return account?.synthetic
    ? html`<p class="synthetic"><strong>Synthetic example.</strong> Nothing here ever happened; it was made up to show the pages.</p>`
    : ''
}

export interface Frame {
  /** What the browser calls the page. */
  readonly title: string
  readonly place: Place
  /** With a heading of the first level. */
  readonly content: Html
  /** What belongs below this page alone. */
  readonly foot?: Html
}

/** Whatever a page shows, between the bar and what stands below every page. */
export function frame({ title, place, content, foot }: Frame): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · What Shipped</title>
<link rel="stylesheet" href="${styleSheet.path}">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<div class="report">
${bar(place)}
<main id="main" tabindex="-1">
${content}
</main>
<footer class="colophon">
${foot ?? ''}
<nav aria-label="About these pages"><ul class="links">
<li><a href="/not-for">What this must not be used for</a></li>
<li><a href="/method">Method</a></li>
<li><a href="/definitions">Definitions</a></li>
<li><a href="/stored">What is stored</a></li>
</ul></nav>
<p class="brand"><strong>What Shipped</strong> compares changes, never people.</p>
</footer>
</div>
</body>
</html>
`
}
