import { assistanceHeadline } from '../markdown/assistance-parts.ts'
import type { CheckContents } from './check-contents.ts'

const maximumTools = 3

/** What is recorded of the change, and with which tools, in a line: tools are named by the registry alone. */
export function checkTitle({ assessment, toolName }: CheckContents): string {
  const headline = assistanceHeadline(assessment)
  if (assessment.assistance !== 'assisted') return headline
  const names = [...new Set(assessment.tools.map(toolName))].filter((name) => name !== 'not named')
  if (names.length === 0) return headline
  const shown = names.slice(0, maximumTools).join(', ')
  const more = names.length - maximumTools
  return `${headline} · ${shown}${more > 0 ? ` and ${more} more` : ''}`
}
