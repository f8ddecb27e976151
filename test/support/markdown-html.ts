import MarkdownIt from 'markdown-it'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const markdownIt = new MarkdownIt({ html: true, linkify: true })

/** Two independent readers of GitHub-flavoured Markdown, both letting raw HTML and bare links through. */
export const markdownReaders: readonly (readonly [string, (markdown: string) => string])[] = [
  [
    'micromark',
    (markdown) =>
      micromark(markdown, {
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
        allowDangerousHtml: true,
        allowDangerousProtocol: true,
      }),
  ],
  ['markdown-it', (markdown) => markdownIt.render(markdown)],
]

/** The HTML without what stands in code: there a text can do nothing. */
export function withoutCode(html: string): string {
  return html.replace(/<code>[^<]*<\/code>/g, '<code></code>')
}

/** The tags of the HTML in their order, without those of code. */
export function tagsOf(html: string): string[] {
  return (
    withoutCode(html)
      .replaceAll('<code></code>', '')
      .match(/<[!/?a-z][^>]*>?/gi) ?? []
  )
}
