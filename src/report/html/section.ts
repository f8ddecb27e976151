import { type Markup, markup, type Part } from './markup.ts'

/** A part of the page: its heading and what it is about on one side, what it shows on the other. */
export function section(
  { id, title, about }: { id: string; title: string; about: Part },
  ...content: readonly Part[]
): Markup {
  return markup`<section class="part" aria-labelledby="${id}">
<header><h2 id="${id}">${title}</h2>
<p class="about">${about}</p></header>
<div class="content">
${content}
</div>
</section>
`
}
