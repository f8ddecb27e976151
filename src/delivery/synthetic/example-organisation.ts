import type { SyntheticInit } from './options.ts'

/** The made-up organisation of a first look and of the pictures in the documentation: always the same. */
export const exampleOrganisation: SyntheticInit = { seed: 7, asOf: '2026-06-22T00:00:00Z' }
