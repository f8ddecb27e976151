/** For each file of docs/ that a report's definitions name: the page that holds the same. */
export const documentPages: Readonly<Record<string, { title: string; href: string }>> = {
  'docs/definitions.md': { title: 'definitions', href: '/definitions' },
  'docs/method.md': { title: 'method', href: '/method' },
  'docs/provenance.md': { title: 'method: evidence', href: '/method#evidence' },
  'docs/report.md': { title: 'method: what is hidden', href: '/method#hidden' },
  'docs/reverts.md': { title: 'method: reverts', href: '/method#reverts' },
}
