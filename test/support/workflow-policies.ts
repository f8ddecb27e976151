import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
} from 'yaml'

/** A place in a workflow that breaks a rule. */
export interface Finding {
  readonly rule: string
  /** From 1. */
  readonly line: number
  readonly message: string
}

/** What a rule is given: the parsed file, its lines, and where in them a node stands. */
interface Workflow {
  readonly document: Document.Parsed
  readonly lines: readonly string[]
  lineOf(node: unknown): number
}

type Rule = (workflow: Workflow) => Omit<Finding, 'rule'>[]

/** The most minutes that a job of ours may ask for. */
const LONGEST_JOB = 60

/**
 * Checks a workflow of GitHub Actions against the project's own rules, which actionlint does not know: what runs is
 * pinned, holds no right that it does not need, and puts nothing that a stranger wrote into a shell. Each rule applies to
 * every workflow; there are no exceptions to list.
 */
export function findPolicyBreaks(source: string): Finding[] {
  const counter = new LineCounter()
  const document = parseDocument(source, { lineCounter: counter })
  const [error] = document.errors
  if (error !== undefined) {
    const { line } = counter.linePos(error.pos[0])
    return [{ rule: 'valid-yaml', line, message: error.message }]
  }
  const workflow: Workflow = {
    document,
    lines: source.split('\n'),
    lineOf: (node) => counter.linePos(startOf(node)).line,
  }
  return Object.entries(RULES)
    .flatMap(([rule, check]) => check(workflow).map((finding) => ({ rule, ...finding })))
    .sort((a, b) => a.line - b.line)
}

const RULES: Readonly<Record<string, Rule>> = {
  'no-aliases': ({ document, lineOf }) => {
    const found: Omit<Finding, 'rule'>[] = []
    visit(document, (_, node) => {
      if (isAlias(node)) {
        found.push({ line: lineOf(node), message: 'YAML aliases hide what runs: write it out' })
      }
    })
    return found
  },

  'pinned-uses': (workflow) =>
    pairs(workflow, 'uses').flatMap((pair) => {
      const line = workflow.lineOf(pair.key)
      const message = pinProblem(textOf(pair.value), workflow.lines[line - 1] ?? '')
      return message === undefined ? [] : [{ line, message }]
    }),

  'no-permissions-at-the-top': ({ document, lineOf }) => {
    const permissions = document.get('permissions', true)
    return isMap(permissions) && permissions.items.length === 0
      ? []
      : [
          {
            line: permissions === undefined ? 1 : lineOf(permissions),
            message: 'write "permissions: {}" at the top, and each job\'s own rights in the job',
          },
        ]
  },

  'permissions-of-each-job': (workflow) =>
    jobs(workflow)
      .filter(({ job }) => !isMap(job.get('permissions', true)))
      .map(({ line, name }) => ({ line, message: `job ${name} names no permissions of its own` })),

  'no-write-all': (workflow) =>
    pairs(workflow, 'permissions')
      .filter((pair) => /-all$/.test(textOf(pair.value)))
      .map((pair) => ({
        line: workflow.lineOf(pair.key),
        message: `${textOf(pair.value)} grants every right: name those that are needed`,
      })),

  'no-write-on-pull-requests': (workflow) =>
    triggers(workflow).includes('pull_request') ? writeRights(workflow) : [],

  'no-privileged-trigger': (workflow) =>
    triggers(workflow)
      .filter((trigger) => trigger === 'pull_request_target' || trigger === 'workflow_run')
      .map((trigger) => ({
        line: workflow.lineOf(workflow.document.get('on', true)),
        message: `${trigger} runs with the repository's rights on what strangers send`,
      })),

  'no-persisted-credentials': (workflow) =>
    steps(workflow, 'actions/checkout')
      .filter(({ step }) => step.getIn(['with', 'persist-credentials']) !== false)
      .map(({ line }) => ({
        line,
        message: 'checkout needs "persist-credentials: false": later steps could read the token',
      })),

  'no-expression-in-scripts': (workflow) =>
    [...pairs(workflow, 'run'), ...pairs(workflow, 'script')]
      .filter((pair) => textOf(pair.value).includes('${{'))
      .map((pair) => ({
        line: workflow.lineOf(pair.key),
        message: 'an expression becomes part of the script: pass it through env',
      })),

  'no-inherited-secrets': (workflow) =>
    pairs(workflow, 'secrets')
      .filter((pair) => textOf(pair.value) === 'inherit')
      .map((pair) => ({
        line: workflow.lineOf(pair.key),
        message: 'secrets: inherit hands over all of them: name those that are needed',
      })),

  concurrency: ({ document }) => {
    const concurrency = document.get('concurrency', true)
    return isMap(concurrency) && concurrency.has('group') && concurrency.has('cancel-in-progress')
      ? []
      : [{ line: 1, message: 'no concurrency with a group and cancel-in-progress at the top' }]
  },

  timeouts: (workflow) =>
    jobs(workflow)
      .filter(({ job }) => !job.has('uses'))
      .filter(({ job }) => {
        const minutes = job.get('timeout-minutes')
        return typeof minutes !== 'number' || minutes < 1 || minutes > LONGEST_JOB
      })
      .map(({ line, name }) => ({
        line,
        message: `job ${name} needs timeout-minutes from 1 to ${LONGEST_JOB}; the default is six hours`,
      })),

  'hosted-runners': (workflow) =>
    pairs(workflow, 'runs-on')
      .filter((pair) => !/^(ubuntu|windows|macos)-[a-z0-9.-]+$/.test(textOf(pair.value)))
      .map((pair) => ({
        line: workflow.lineOf(pair.key),
        message: 'a runner of our own keeps what one run left for the next: use a hosted one',
      })),

  // A poisoned cache reached releases elsewhere: whatever holds a right to write starts clean.
  'no-cache-beside-rights': (workflow) =>
    writeRights(workflow).length === 0 ? [] : cacheUses(workflow),
}

/** The names of the rules, for a test that shows each one to fail. */
export const POLICY_RULES: readonly string[] = ['valid-yaml', ...Object.keys(RULES)]

function pinProblem(uses: string, line: string): string | undefined {
  if (uses.startsWith('./')) return undefined
  if (uses.startsWith('docker://')) {
    return /@sha256:[0-9a-f]{64}$/.test(uses) ? undefined : `${uses} is not pinned by a digest`
  }
  if (!/@[0-9a-f]{40}$/.test(uses)) return `${uses} is not pinned by a full commit SHA`
  return /# v\d+\.\d+\.\d+$/.test(line)
    ? undefined
    : `${uses} does not name its version in a comment behind it, as "# v1.2.3"`
}

function cacheUses(workflow: Workflow): Omit<Finding, 'rule'>[] {
  const actions = steps(workflow, 'actions/cache')
  const set = pairs(workflow, 'cache')
  const automatic = steps(workflow, 'actions/setup-node').filter(
    ({ step }) => step.getIn(['with', 'package-manager-cache']) !== false,
  )
  return [
    ...[...actions, ...automatic].map(({ line }) => line),
    ...set.map((pair) => workflow.lineOf(pair.key)),
  ].map((line) => ({
    line,
    message: 'no cache in a workflow that may write: it could be poisoned',
  }))
}

function writeRights(workflow: Workflow): Omit<Finding, 'rule'>[] {
  return pairs(workflow, 'permissions').flatMap((pair) =>
    isMap(pair.value)
      ? pair.value.items
          .filter((right) => textOf(right.value) === 'write')
          .map((right) => ({
            line: workflow.lineOf(right.key),
            message: `${textOf(right.key)}: write, in a workflow that pull requests start`,
          }))
      : [],
  )
}

/** Every pair of the file with this key, wherever it stands. */
function pairs({ document }: Workflow, key: string): Pair[] {
  const found: Pair[] = []
  visit(document, {
    Pair(_, pair) {
      if (textOf(pair.key) === key) found.push(pair)
    },
  })
  return found
}

function jobs({ document, lineOf }: Workflow) {
  const all = document.get('jobs', true)
  if (!isMap(all)) return []
  return all.items.flatMap(({ key, value }) =>
    isMap(value) ? [{ name: textOf(key), line: lineOf(key), job: value }] : [],
  )
}

function steps(workflow: Workflow, action: string) {
  return jobs(workflow).flatMap(({ job }) => {
    const list = job.get('steps', true)
    if (!isSeq(list)) return []
    return list.items.flatMap((step) => {
      if (!isMap(step)) return []
      const name = String(step.get('uses') ?? '').split('@')[0] ?? ''
      const matches = name === action || name.startsWith(`${action}/`)
      return matches ? [{ line: workflow.lineOf(step), step }] : []
    })
  })
}

/** The events of `on`, in any of its three forms. */
function triggers({ document }: Workflow): string[] {
  const on = document.get('on', true)
  if (isMap(on)) return on.items.map(({ key }) => textOf(key))
  if (isSeq(on)) return on.items.map(textOf)
  return [textOf(on)]
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value) : ''
}

function startOf(node: unknown): number {
  const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : null
  return range?.[0] ?? 0
}
