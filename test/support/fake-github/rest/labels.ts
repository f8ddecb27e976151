import { aLabel } from '../builders.ts'
import { type Actor, putLabel, takeLabel } from '../change-labels.ts'
import { json, notAccessible, notFound, problem, type Reply } from '../exchange.ts'
import { allows, needs } from '../permissions.ts'
import { findLabel, sameName } from '../state.ts'
import { pullRequestOf } from './pull-requests.ts'
import { renderLabel, renderLabelsOf } from './render-label.ts'
import type { RestContext, Route } from './route.ts'

/** GitHub's limits: characters of a label's name and description, and labels on one issue. */
const maximumNameLength = 50
const maximumDescriptionLength = 100
const maximumLabels = 100

export const labelRoutes: readonly Route[] = [
  { operation: 'issues/get-label', need: needs.repositoryLabels, handle: getLabel },
  { operation: 'issues/create-label', need: needs.createLabel, handle: createLabel },
  { operation: 'issues/add-labels', need: needs.changeLabels, handle: addLabels },
  { operation: 'issues/remove-label', need: needs.changeLabels, handle: removeLabel },
]

function actorOf({ state, now }: RestContext): Actor {
  return { account: state.viewer, now }
}

function isTooLong(text: string, maximum: number): boolean {
  return [...text].length > maximum
}

function invalid(error: Readonly<Record<string, unknown>>): Reply {
  return problem(422, 'Validation Failed', { errors: [{ resource: 'Label', ...error }] })
}

function getLabel({ repository, call, param }: RestContext): Reply {
  const label = findLabel(repository, param('name'))
  return label === undefined ? notFound() : json(200, renderLabel(repository, label, call.urls))
}

/** The body's shape is GitHub's by now: see `answerRest`. */
interface NewLabel {
  readonly name: string
  readonly color?: string
  readonly description?: string
}

function createLabel({ repository, call }: RestContext): Reply {
  const { name, color, description } = call.body as NewLabel
  const fault = faultOfLabel(name, color, description)
  if (fault !== undefined) return invalid(fault)
  if (findLabel(repository, name) !== undefined) {
    return invalid({ code: 'already_exists', field: 'name' })
  }
  const label = aLabel({
    name,
    ...(color === undefined ? {} : { color: color.toLowerCase() }),
    ...(description === undefined ? {} : { description }),
  })
  repository.labels.push(label)
  const rendered = renderLabel(repository, label, call.urls)
  return json(201, rendered, { location: rendered.url })
}

function faultOfLabel(name: string, color: string | undefined, description: string | undefined) {
  if (name.trim() === '') return { code: 'missing_field', field: 'name' }
  if (isTooLong(name, maximumNameLength)) {
    const message = `name is too long (maximum is ${maximumNameLength} characters)`
    return { code: 'custom', field: 'name', message }
  }
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) {
    return { code: 'invalid', field: 'color' }
  }
  if (description !== undefined && isTooLong(description, maximumDescriptionLength)) {
    const message = `description is too long (maximum is ${maximumDescriptionLength} characters)`
    return { code: 'custom', field: 'description', message }
  }
  return undefined
}

interface AddedLabels {
  readonly labels?: readonly (string | { readonly name: string })[]
}

function addLabels(context: RestContext): Reply {
  const { state, repository, call } = context
  const pullRequest = pullRequestOf(context, 'issue_number')
  if (pullRequest === undefined) return notFound()
  const { labels = [] } = call.body as AddedLabels
  const names = labels.map((label) => (typeof label === 'string' ? label : label.name))
  const tooLong = names.find((name) => name.trim() === '' || isTooLong(name, maximumNameLength))
  if (tooLong !== undefined) return invalid({ value: tooLong, field: 'name', code: 'invalid' })
  const missing = names.filter((name) => findLabel(repository, name) === undefined)
  if (missing.length > 0 && !allows(state, repository, needs.createLabel)) {
    return problem(403, notAccessible)
  }
  const added = names.filter((name) => !pullRequest.labels.some((label) => sameName(label, name)))
  if (pullRequest.labels.length + added.length > maximumLabels) {
    const message = `Validation Failed. Issues cannot have more than ${maximumLabels} labels`
    return problem(422, message, { errors: [] })
  }
  for (const name of names) putLabel(repository, pullRequest, name, actorOf(context))
  return json(200, renderLabelsOf(repository, pullRequest, call.urls))
}

function removeLabel(context: RestContext): Reply {
  const { repository, call, param } = context
  const pullRequest = pullRequestOf(context, 'issue_number')
  if (pullRequest === undefined) return notFound()
  if (!takeLabel(repository, pullRequest, param('name'), actorOf(context))) {
    return problem(404, 'Label does not exist')
  }
  return json(200, renderLabelsOf(repository, pullRequest, call.urls))
}
