/**
 * Cycles in a directed graph, so many that each of its edges that leads back is in one; none if the graph has none. A
 * cycle is the list of its nodes, beginning with the one that sorts first.
 *
 * @param graph node to the nodes that it leads to; targets that are no key lead nowhere
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles = new Map<string, string[]>()
  const done = new Set<string>()
  const trail: string[] = []

  function follow(node: string): void {
    const at = trail.indexOf(node)
    if (at !== -1) {
      const cycle = rotate(trail.slice(at))
      cycles.set(cycle.join('\n'), cycle)
      return
    }
    if (done.has(node)) return
    trail.push(node)
    for (const next of graph.get(node) ?? []) follow(next)
    trail.pop()
    done.add(node)
  }

  for (const node of [...graph.keys()].sort()) follow(node)
  return [...cycles.values()]
}

function rotate(cycle: readonly string[]): string[] {
  const first = cycle.reduce((best, node, index) => (node < (cycle[best] ?? '') ? index : best), 0)
  return [...cycle.slice(first), ...cycle.slice(0, first)]
}
