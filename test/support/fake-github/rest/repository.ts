import { json } from '../exchange.ts'
import { needs } from '../permissions.ts'
import { renderFullRepository } from './render-repository.ts'
import type { Route } from './route.ts'

export const repositoryRoutes: readonly Route[] = [
  {
    operation: 'repos/get',
    need: needs.repository,
    handle: ({ repository, call }) => json(200, renderFullRepository(repository, call.urls)),
  },
]
