/** Letters, digits and what joins them: nothing that ends a header or names a folder, on any system. */
const foreign = /[^A-Za-z0-9]+/g
const longest = 60

/**
 * What a report is called as a file: `what-shipped-harbour-lights-2026-06-22.csv`. ASCII alone, whatever the account or repository is
 * called, so that it needs no quoting in a header (RFC 6266) and no file system refuses it.
 *
 * @param name as people gave it on GitHub
 * @param asOf ISO 8601
 */
export function fileName(name: string, asOf: string, extension: 'html' | 'json' | 'csv'): string {
  // Longer names are cut first: nobody can make this take long.
  const safe = name.slice(0, longest).replaceAll(foreign, '-').replaceAll(/^-|-$/g, '')
  return `${['what-shipped', ...(safe === '' ? [] : [safe]), asOf.slice(0, 10)].join('-')}.${extension}`
}
