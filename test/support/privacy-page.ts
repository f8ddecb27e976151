import { join } from 'node:path'
import { cookies, logFields, sentToGitHub } from '../../src/app/inventory/beside-database.ts'
import { storedTables } from '../../src/app/inventory/inventory.ts'
import { bearings } from '../../src/app/inventory/stored-table.ts'
import { generatedPage } from './generated-page.ts'
import { root } from './repository.ts'

/** What is stored, for people who have to decide about it; the list itself is made from the sources. */
export const privacyPath = join(root, 'docs/privacy.md')

/** The page with its generated part as it should be. */
export function privacyPage(): string {
  return generatedPage(privacyPath, { stored })
}

function stored(): string {
  return [
    ...Object.entries(bearings)
      .filter(([name, meaning]) => name !== meaning)
      .map(([name, meaning]) => `- **${name}**: ${meaning}`),
    '',
    ...storedTables().flatMap(({ name, title, purpose, kept, fields }) => [
      `### ${title} (\`${name}\`)`,
      '',
      `${purpose}. **Kept:** ${kept}.`,
      '',
      '| field | what for | of a person? |',
      '|---|---|---|',
      ...Object.entries(fields).map(([field, [what, of]]) => `| \`${field}\` | ${what} | ${of} |`),
      '',
    ]),
    '### Cookies',
    '',
    ...cookies.map(({ name, purpose, kept }) => `- \`${name}\`: ${purpose}. ${kept}.`),
    '',
    '### The server’s log',
    '',
    'Each line has a fixed name, a time and some of these fields; nothing else can be written.',
    '',
    ...Object.entries(logFields).map(([name, meaning]) => `- \`${name}\`: ${meaning}`),
    '',
    '### What is sent to GitHub',
    '',
    ...sentToGitHub.map((one) => `- ${one}`),
    '',
    'Nothing is sent to anybody else.',
  ].join('\n')
}
