import { cohortHeadings } from './cohorts.ts'

/**
 * The headings of a table of measures: the groups stand there as they are; only the last column compares like with like.
 *
 * @param compared whether there is that column
 */
export function measureHeadings(compared: boolean): string[] {
  const headings = ['As they are, not adjusted', ...cohortHeadings]
  return compared ? [...headings, 'Like for like'] : headings
}
