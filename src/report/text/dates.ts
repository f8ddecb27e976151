const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The UTC day of an ISO date or time, in words: `22 June 2026`. */
export function dayText(iso: string): string {
  const { day, month, year } = parts(iso)
  return `${day} ${month} ${year}`
}

/** The UTC day where there is little room: `22 Jun`. */
export function shortDayText(iso: string): string {
  const { day, month } = parts(iso)
  return `${day} ${month.slice(0, 3)}`
}

const DAY = 86_400_000

/** A window of days, whose end is not included, by its first and its last day: `from 9 March 2026 to 7 June 2026`. */
export function windowText({ from, until }: { from: string; until: string }): string {
  return `from ${dayText(from)} to ${dayText(new Date(Date.parse(until) - DAY).toISOString())}`
}

/** Hours since something; of whole days from two on, in days: `36 h`, `14 days`. */
export function hoursText(hours: number): string {
  return hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} h`
}

function parts(iso: string): { day: number; month: string; year: string } {
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-')
  return { day: Number(day), month: months[Number(month) - 1] ?? month, year }
}
