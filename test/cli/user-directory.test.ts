import { expect, test } from 'vitest'
import { userDirectory } from '../../src/cli/user-directory.ts'

test.each<[string, Record<string, string>, string]>([
  ['run directly', {}, '/there'],
  ['run by npm', { npm_lifecycle_event: 'what-shipped', INIT_CWD: '/user' }, '/user'],
  ['run by an npm that does not tell', { npm_lifecycle_event: 'what-shipped' }, '/there'],
  ['with nothing told', { npm_lifecycle_event: 'what-shipped', INIT_CWD: '' }, '/there'],
  ['run in another script', { npm_lifecycle_event: 'test', INIT_CWD: '/user' }, '/there'],
  ['with a variable left over', { INIT_CWD: '/user' }, '/there'],
])('%s, the user is in the right place', (_, environment, directory) => {
  expect(userDirectory(environment, '/there')).toBe(directory)
})
