import { html } from 'hono/html'

/** HTML in which every text is escaped. */
export type Html = ReturnType<typeof html>

/** A whole page around what it says. It needs no script, and nothing but the one style sheet. */
export function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · What Shipped</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<div class="page">
<header class="masthead"><a href="/">What Shipped</a></header>
<main id="main">
<h1>${title}</h1>
${content}
</main>
<footer class="colophon">
<p>What Shipped compares changes, never people. It reads what pull requests already record.</p>
</footer>
</div>
</body>
</html>
`
}
