import type * as z from 'zod'
import { type Registry, RegistrySchema } from '../../src/provenance/registry-schema.ts'

type Written = z.input<typeof RegistrySchema>
type WrittenTool = Written['tools'][number]
type WrittenMark = WrittenTool['marks'][number]
type Undocumented<M> = M extends unknown
  ? Omit<M, 'source' | 'examples' | 'counterexamples'>
  : never

/** A tool as a registry has it, its marks without sources and examples. */
export interface SmallTool {
  readonly id: string
  readonly kind?: WrittenTool['kind']
  readonly marks: readonly Undocumented<WrittenMark>[]
}

/** A registry with only what a test is about, checked as the shipped one is. */
export function smallRegistry(
  tools: readonly SmallTool[],
  rest: Partial<Omit<Written, 'tools'>> = {},
): Registry {
  return RegistrySchema.parse({
    version: '2026-11-22',
    epochs: [],
    policies: [],
    reviewerBlocks: [],
    ...rest,
    tools: tools.map(({ id, kind = 'assistant', marks }) => ({
      id,
      name: `The ${id}`,
      vendor: 'Example',
      kind,
      marks: marks.map((mark) => ({
        ...mark,
        source: 'a test',
        examples: ['x'],
        counterexamples: ['y'],
      })),
    })),
  })
}
