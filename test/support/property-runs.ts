/** How many times `npm run soak` runs a property, for each time that the suite runs it. */
const factor = Number(process.env.WHAT_SHIPPED_SOAK ?? 1)

/**
 * The `numRuns` of a property that needs another number of runs than fast-check's 100. Passed through here it is raised in
 * a soak like all the others: `fc.assert(property, { numRuns: propertyRuns(1_000) })`.
 */
export function propertyRuns(inSuite: number): number {
  return inSuite * factor
}
