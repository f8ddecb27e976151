/**
 * A band of sizes in words.
 *
 * @example sizeBandText('10-49') // '10–49 lines'
 */
export function sizeBandText(band: string): string {
  return `${band.replace('-', '–')} lines`
}
