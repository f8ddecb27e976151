import { createPseudonyms, type Recording } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'

/** By the registry as shipped, and with a key that every test may know. */
export function aRecording(): Recording {
  return {
    marks: indexRegistry(shippedRegistry()),
    pseudonyms: createPseudonyms(new TextEncoder().encode('a key for tests, 32 bytes long ..')),
  }
}
