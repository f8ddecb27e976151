import { charts } from './styles/charts.ts'
import { colours } from './styles/colours.ts'
import { page } from './styles/page.ts'
import { print } from './styles/print.ts'

/** The one style sheet of the report, the same text for every report. */
export const reportStyles = [colours, page, charts, print].join('')
