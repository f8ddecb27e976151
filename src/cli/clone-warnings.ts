import type { Repository } from '../git/open-repository.ts'

/** What to tell of a clone before it is read. */
export function warningsOf({ partial, filters, warnings }: Repository): readonly string[] {
  if (!partial) return warnings
  const filter = filters.length === 0 ? '' : ` (${filters.join(', ')})`
  return [`the clone is partial${filter}; all its commits are in it`, ...warnings]
}
