import * as z from 'zod/mini'

// Imported before any schema is made: a run parses each schema once or twice, and compiling parsers for that costs more
// than it saves.
z.config({ jitless: true })
