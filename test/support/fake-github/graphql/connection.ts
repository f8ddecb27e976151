import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'
import { FieldError, NotModelled } from './errors.ts'

/** What GitHub takes at most for `first` and `last`. */
const maximumPage = 100

const paging = ['first', 'last', 'after', 'before'] as const
export type PagingArguments = Partial<Record<(typeof paging)[number], string | number | null>>

/**
 * A connection over a whole list, cut by `first`, `last`, `after` and `before` as GitHub does it. Cursors are
 * positions: as on GitHub, a page shifts when an item is inserted before it.
 */
export function connection<Item>(
  items: readonly Item[],
  args: PagingArguments,
  info: GraphQLResolveInfo,
  render: (item: Item) => unknown,
) {
  refuseOtherArguments(args, info)
  const { start, end } = cut(items.length, args, info)
  const shown = items.slice(start, end)
  return {
    totalCount: items.length,
    nodes: () => shown.map(render),
    edges: () =>
      shown.map((item, index) => ({ cursor: cursorOf(start + index), node: render(item) })),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: shown.length === 0 ? null : cursorOf(start),
      endCursor: shown.length === 0 ? null : cursorOf(end - 1),
    },
  }
}

/** An argument that only repeats the schema's default, as an order by date of creation, changes nothing. */
function refuseOtherArguments(
  args: Readonly<Record<string, unknown>>,
  { parentType, fieldName }: GraphQLResolveInfo,
): void {
  const known = parentType.getFields()[fieldName]?.args ?? []
  for (const [name, value] of Object.entries(args)) {
    const byDefault = known.find((argument) => argument.name === name)?.defaultValue
    const isKnown = paging.some((own) => own === name)
    if (!isKnown && JSON.stringify(byDefault) !== JSON.stringify(value)) {
      throw new NotModelled(`the argument ${name} of ${parentType.name}.${fieldName}`)
    }
  }
}

function cut(length: number, args: PagingArguments, info: GraphQLResolveInfo) {
  const first = boundary('first', args.first, info)
  const last = boundary('last', args.last, info)
  const name = info.fieldName
  if (first !== undefined && last !== undefined) {
    throw new FieldError(
      'INVALID_PAGINATION_BOUNDARIES',
      `Passing both \`first\` and \`last\` to paginate the \`${name}\` connection is not supported.`,
    )
  }
  if (first === undefined && last === undefined && selectsItems(info)) {
    throw new FieldError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    )
  }
  const after = args.after == null ? 0 : position(args.after) + 1
  const before = args.before == null ? length : Math.min(length, position(args.before))
  return {
    start: last === undefined ? after : Math.max(after, before - last),
    end: first === undefined ? before : Math.max(after, Math.min(before, after + first)),
  }
}

function boundary(
  argument: 'first' | 'last',
  value: string | number | null | undefined,
  { fieldName }: GraphQLResolveInfo,
): number | undefined {
  if (typeof value !== 'number') return undefined
  if (value > maximumPage) {
    throw new FieldError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${value} records on the \`${fieldName}\` connection exceeds the \`${argument}\` limit of ${maximumPage} records.`,
    )
  }
  if (value < 0) {
    throw new FieldError(
      'INVALID_PAGINATION_BOUNDARIES',
      `\`${argument}\` on the \`${fieldName}\` connection cannot be less than zero.`,
    )
  }
  return value
}

const cursorPrefix = 'cursor:v2:'

function cursorOf(index: number): string {
  return Buffer.from(`${cursorPrefix}${index}`).toString('base64')
}

function position(cursor: string | number): number {
  const text = Buffer.from(String(cursor), 'base64').toString()
  const index = Number(text.slice(cursorPrefix.length))
  if (!text.startsWith(cursorPrefix) || !Number.isInteger(index)) {
    throw new FieldError(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor.`,
    )
  }
  return index
}

/** GitHub wants boundaries only where items are asked for: `parents { totalCount }` goes without. */
function selectsItems({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const inSet = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return ['nodes', 'edges'].includes(selection.name.value)
      if (selection.kind === Kind.INLINE_FRAGMENT) return inSet(selection.selectionSet)
      return inSet(fragments[selection.name.value]?.selectionSet)
    }) ?? false
  return fieldNodes.some(({ selectionSet }) => inSet(selectionSet))
}
