import type { Report } from '../document/report-document.ts'

/** What records were read from, in words. */
export const sourceNames: Readonly<Record<Report['scope']['sources'][number], string>> = {
  github: 'GitHub',
  git: 'a local clone',
  webhooks: "GitHub's webhooks",
}
