import * as fc from 'fast-check'
import { propertyRuns } from './property-runs.ts'

const TEN_MINUTES = 10 * 60_000

// A slow property stops after its time rather than its runs; fast-check counts what it got through as passed.
fc.configureGlobal({ numRuns: propertyRuns(100), interruptAfterTimeLimit: TEN_MINUTES })
