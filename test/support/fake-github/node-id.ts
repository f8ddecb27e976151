/** A global id as GitHub's look: the kind, then what tells one of that kind from another. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`
}
