import { html, raw } from 'hono/html'

/** Text that is HTML or SVG already. */
export type Markup = ReturnType<typeof raw>

/** What may stand in a template: texts are escaped, markup is kept, null is nothing, lists are joined. */
export type Part = string | number | Markup | null | readonly Part[]

/**
 * A template of HTML or SVG with every text in it escaped, for elements and for attributes between double quotes alike.
 *
 * @example String(markup`<b>${'1 < 2'}</b>`) // '<b>1 &lt; 2</b>'
 */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const made = html(template, ...parts)
  // Hono waits only for parts that are promises themselves, and `Part` has none.
  if (made instanceof Promise) throw new TypeError('A part of the page is not there yet')
  return made
}

/** Our own text that must not be escaped: a style sheet. */
export function verbatim(text: string): Markup {
  return raw(text)
}
