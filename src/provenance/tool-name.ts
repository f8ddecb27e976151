import type { KnownMarks } from './registry.ts'

/** Name of a tool for people to read; a policy trailer, a label and our own declaration name none. */
export function toolName(id: string, marks: Pick<KnownMarks, 'tools'>): string {
  const tool = marks.tools.get(id)
  return tool === undefined || tool.kind === 'declaration' ? 'not named' : tool.name
}
