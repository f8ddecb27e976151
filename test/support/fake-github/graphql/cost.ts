import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** What one query counts for: points of the rate limit, and nodes that it could return. */
export interface Cost {
  readonly points: number
  readonly nodes: number
}

/** More nodes than this, and GitHub refuses the query. */
export const maximumNodes = 500_000

/**
 * GitHub's own reckoning (docs.github.com, rate limits and node limits for the GraphQL API): the requests that would fill every
 * connection, by the hundred, and one point at least; and the product of the page sizes. What is left out by a directive is
 * not asked for.
 */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Cost {
  let requests = 0
  let nodes = 0
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  )
  const visit = (set: SelectionSetNode | undefined, parents: number): void => {
    for (const selection of set?.selections ?? []) {
      if (isLeftOut(selection, variables)) continue
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        visit(fragments.get(selection.name.value), parents)
        continue
      }
      const size = selection.kind === Kind.FIELD ? pageSize(selection, variables) : undefined
      if (size !== undefined) {
        requests += parents
        nodes += parents * size
      }
      visit(selection.selectionSet, parents * (size ?? 1))
    }
  }
  visit(operation.selectionSet, 1)
  return { points: Math.max(1, Math.round(requests / 100)), nodes }
}

function isLeftOut(
  { directives }: SelectionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  const asked = (name: string) => {
    const directive = directives?.find((candidate) => candidate.name.value === name)
    const value = directive?.arguments?.find((argument) => argument.name.value === 'if')?.value
    return value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined
  }
  return asked('include') === false || asked('skip') === true
}

function pageSize(
  field: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): number | undefined {
  const bound = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')
  if (bound?.value.kind === Kind.INT) return Number(bound.value.value)
  const value = bound?.value.kind === Kind.VARIABLE ? variables[bound.value.name.value] : undefined
  return typeof value === 'number' ? value : undefined
}
