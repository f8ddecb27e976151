import { styleSheet } from '../../../src/app/pages/style-sheet.ts'

/** Who asks, each with a session or a token of their own. */
export const roles = [
  'nobody',
  'owner',
  'member',
  'outsider',
  'stranger',
  'ex-member',
  'token',
  'foreign token',
] as const

/** What became of the account that is asked for. */
export const states = ['open', 'closed', 'suspended', 'removed', 'erased'] as const

export type Role = (typeof roles)[number]
export type State = (typeof states)[number]

/** The status that each role gets: one for all states of the account, or one for each of `states`. */
type Answers = Readonly<Record<Role, string>>

function everybody(status: string): Answers {
  return {
    nobody: status,
    owner: status,
    member: status,
    outsider: status,
    stranger: status,
    'ex-member': status,
    token: status,
    'foreign token': status,
  }
}

/** Nothing is there but for those that are named. */
function only(named: Partial<Answers> & Pick<Answers, 'nobody'>): Answers {
  return { ...everybody('404'), ...named }
}

/** Of which account, the session says; of a token, whether it is still one. */
const person = (status: string, nobody: string, token: string): Answers => ({
  ...everybody(status),
  nobody,
  token,
  'foreign token': token.slice(0, 3),
})

const shut = '200 404 404 404 404'
/** GitHub tells of a suspended App that it is there, and nothing of what somebody is to the account. */
const listed = '200 200 200 404 404'
const there = '200 200 404 404 404'

/** What is answered, by what it is that is asked for. */
const answers = {
  anybody: everybody('200'),
  operator: everybody('404'),
  page: only({
    nobody: '302',
    owner: listed,
    member: listed,
    outsider: listed,
    token: '200 200 200 404 302',
  }),
  'page of one': only({
    nobody: '302',
    owner: there,
    member: there,
    outsider: there,
    token: '200 200 200 404 302',
  }),
  download: only({ nobody: '302', owner: shut, member: shut, token: '200 404 404 404 302' }),
  'download of one': only({
    nobody: '302',
    owner: shut,
    member: shut,
    outsider: shut,
    token: '200 404 404 404 302',
  }),
  api: only({ nobody: '401', owner: shut, member: shut, token: '200 404 404 404 401' }),
  'api of one': only({
    nobody: '401',
    owner: shut,
    member: shut,
    outsider: shut,
    token: '200 404 404 404 401',
  }),
  'api names': only({
    nobody: '401',
    owner: listed,
    member: listed,
    outsider: listed,
    token: '200 200 200 404 401',
  }),
  'api list': only({
    nobody: '401',
    owner: there,
    member: there,
    token: '200 200 200 404 401',
  }),
  'api list of one': only({
    nobody: '401',
    owner: there,
    member: there,
    outsider: there,
    token: '200 200 200 404 401',
  }),
  'api of the reader': person('200', '401', '200 200 200 200 401'),
  'api of mine': person('200', '401', '404 404 404 404 401'),
  'api not to be changed': everybody('405'),
  'nothing there': everybody('404'),
  'for members': only({ nobody: '303', owner: there, member: there, token: '404 404 404 404 303' }),
  'for owners': only({
    nobody: '303',
    owner: there,
    member: '403 403 404 404 404',
    token: '404 404 404 404 303',
  }),
  /** With nothing in it that could be carried out. */
  'form of owners': {
    ...only({ nobody: '401', owner: '422 422 404 404 404', member: '403 403 404 404 404' }),
    token: '403 403 403 403 401',
    'foreign token': '403',
  },
  'button of owners': {
    ...only({ nobody: '401', owner: '303 303 404 404 404', member: '403 403 404 404 404' }),
    token: '403 403 403 403 401',
    'foreign token': '403',
  },
  mine: person('200', '303', '404 404 404 404 303'),
  'form of mine': person('422', '401', '403 403 403 403 401'),
  'sign in': everybody('303'),
  'sign in without a beginning': everybody('400'),
  'sign out': person('303', '401', '403 403 403 403 401'),
  /** Whoever sees one account only is led there. */
  beginning: {
    ...everybody('200'),
    token: '302 302 302 200 200',
    'foreign token': '302',
  },
} as const satisfies Record<string, Answers>

export type Answer = keyof typeof answers

const account = '/accounts/:account'
const one = `${account}/repositories/:repository`

/** Every route of a server with an App. Whoever adds a route says here who gets what of it. */
export const routeTable: Readonly<Record<string, Answer>> = {
  'GET /healthz': 'anybody',
  'GET /readyz': 'anybody',
  'GET /metrics': 'operator',
  'GET /': 'beginning',
  'GET /method': 'anybody',
  'GET /definitions': 'anybody',
  'GET /not-for': 'anybody',
  'GET /stored': 'anybody',
  [`GET ${styleSheet.path}`]: 'anybody',
  'GET /sign-in': 'sign in',
  'GET /sign-in/callback': 'sign in without a beginning',
  'POST /sign-out': 'sign out',
  [`GET ${account}`]: 'page',
  [`GET ${one}`]: 'page of one',
  [`GET ${account}/report.html`]: 'download',
  [`GET ${account}/report.json`]: 'download',
  [`GET ${account}/report.csv`]: 'download',
  [`GET ${one}/report.html`]: 'download of one',
  [`GET ${one}/report.json`]: 'download of one',
  [`GET ${one}/report.csv`]: 'download of one',
  [`GET ${account}/settings`]: 'for members',
  [`POST ${account}/settings`]: 'form of owners',
  [`POST ${account}/self-audit`]: 'form of owners',
  [`GET ${account}/tokens`]: 'for owners',
  [`POST ${account}/tokens`]: 'form of owners',
  [`POST ${account}/tokens/revoke`]: 'button of owners',
  [`GET ${account}/access-log`]: 'for members',
  [`GET ${account}/facts.ndjson`]: 'for owners',
  [`GET ${account}/erase`]: 'for owners',
  [`POST ${account}/erase`]: 'form of owners',
  'GET /mine': 'mine',
  'GET /mine/export': 'mine',
  'POST /mine/erase': 'form of mine',
  'GET /api/v1/openapi.json': 'anybody',
  'GET /api/v1/definitions': 'anybody',
  'GET /api/v1/accounts': 'api of the reader',
  'GET /api/v1/mine': 'api of mine',
  [`GET /api/v1${account}/report`]: 'api',
  [`GET /api/v1${account}/snapshots`]: 'api list',
  [`GET /api/v1${account}/snapshots/:day`]: 'api',
  [`GET /api/v1${account}/coverage`]: 'api',
  [`GET /api/v1${account}/repositories`]: 'api names',
  [`GET /api/v1${one}/report`]: 'api of one',
  [`GET /api/v1${one}/snapshots`]: 'api list of one',
  [`GET /api/v1${one}/snapshots/:day`]: 'api of one',
  [`GET /api/v1${one}/coverage`]: 'api of one',
  'ALL /api/v1/openapi.json': 'api not to be changed',
  'ALL /api/v1/definitions': 'api not to be changed',
  'ALL /api/v1/mine': 'api not to be changed',
  'ALL /api/v1/accounts': 'api not to be changed',
  [`ALL /api/v1${account}/report`]: 'api not to be changed',
  [`ALL /api/v1${account}/snapshots`]: 'api not to be changed',
  [`ALL /api/v1${account}/snapshots/:day`]: 'api not to be changed',
  [`ALL /api/v1${account}/coverage`]: 'api not to be changed',
  [`ALL /api/v1${account}/repositories`]: 'api not to be changed',
  [`ALL /api/v1${one}/report`]: 'api not to be changed',
  [`ALL /api/v1${one}/snapshots`]: 'api not to be changed',
  [`ALL /api/v1${one}/snapshots/:day`]: 'api not to be changed',
  [`ALL /api/v1${one}/coverage`]: 'api not to be changed',
  'ALL /api/v1/*': 'nothing there',
}

/** The status that somebody gets of a route, of an account in one of the states. */
export function expectedStatus(answer: Answer, role: Role, state: State): number {
  const all = answers[answer][role].split(' ')
  return Number(all[states.indexOf(state)] ?? all[0])
}

/** Routes that are there only where somebody looks at a source or at the example on this machine, and the status there. */
export const localRoutes: Readonly<Record<string, number>> = {
  'GET /reading.js': 200,
  'GET /reading.json': 200,
  'POST /accounts/*': 403,
  'POST /mine/*': 403,
}

/** Routes of the set-up page, with its key and nothing else. Without the key they are not there. */
export const setupRoutes: Readonly<Record<string, number>> = {
  'GET /setup': 200,
  'POST /setup': 422,
  'GET /setup/registered': 400,
}

/** Of a server with an App, what a source on this machine has too, and the status there. */
export const sharedRoutes: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    Object.keys(routeTable)
      .filter(
        (route) =>
          route.startsWith('GET /') && !/sign-in|settings|tokens|-log|facts|erase/.test(route),
      )
      .map((route) => [route, 200]),
  ),
  ...Object.fromEntries(
    Object.entries(routeTable)
      .filter(([route]) => route.startsWith('ALL /'))
      .map(([route, answer]) => [route, answer === 'nothing there' ? 404 : 405]),
  ),
  'GET /api/v1/mine': 404,
}
