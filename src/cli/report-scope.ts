import { basename, resolve } from 'node:path'
import type { ChangeTable } from '../comparison/index.ts'
import type { ReportSource } from './open-records.ts'

/** How the table calls a repository of which no record tells the name: a clone that came from nowhere. */
const unnamed = 'unknown'

/**
 * What a report is of: the repository that all records are of, else their common owner.
 *
 * @param given what the user calls a repository that no record names
 * @throws Error where the records name it
 */
export function reportScope(
  { repositories }: Pick<ChangeTable, 'repositories'>,
  source: ReportSource,
  given?: string,
) {
  const synthetic = source.kind === 'example'
  const [first = unnamed, ...others] = repositories
  if (given !== undefined && repositories.some((name) => name !== unnamed)) {
    throw new Error('the records name what they are of; leave --name out')
  }
  if (others.length === 0) {
    const name = first === unnamed ? (given ?? nameOf(source)) : first
    return { kind: 'repository', name, synthetic } as const
  }
  const owner = ownerOf(first)
  const shared = owner !== undefined && others.every((name) => ownerOf(name) === owner)
  const name = shared ? owner : `${repositories.length.toLocaleString('en')} repositories`
  return { kind: 'organisation', name, synthetic } as const
}

/** GitHub takes no notice of case. */
function ownerOf(name: string): string | undefined {
  const slash = name.indexOf('/')
  return slash > 0 ? name.slice(0, slash).toLowerCase() : undefined
}

/** The last part of its path, as people call it. */
function nameOf(source: ReportSource): string {
  if (source.kind !== 'clone') return 'an unnamed repository'
  return basename(resolve(source.directory)).replace(/\.git$/, '') || unnamed
}
