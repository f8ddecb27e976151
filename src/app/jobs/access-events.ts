/**
 * Events after which somebody may see less of an account than before, or more: what people were shown by is asked of GitHub anew. Which
 * of their actions it was makes no difference, since the payload is a hint and the API is the truth.
 */
export const accessEvents: ReadonlySet<string> = new Set([
  'installation',
  'installation_repositories',
  'member',
  'membership',
  'organization',
  'repository',
  'team',
])
