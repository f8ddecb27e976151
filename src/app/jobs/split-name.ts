/** `owner/name` in its parts. */
export function splitName(fullName: string): { readonly owner: string; readonly name: string } {
  const [owner = '', name = ''] = fullName.split('/')
  return { owner, name }
}
