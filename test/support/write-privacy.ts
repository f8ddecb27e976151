import { writeFileSync } from 'node:fs'
import { privacyPage, privacyPath } from './privacy-page.ts'

// Run by hand after a change of what is stored: node test/support/write-privacy.ts
writeFileSync(privacyPath, privacyPage())
