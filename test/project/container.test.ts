import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { variables } from '../../src/app/configuration/variables.ts'
import { readSources, readText } from '../support/repository.ts'

const dockerfile = readText('Dockerfile')
const instructions = dockerfile
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

const manifest = z
  .object({
    scripts: z.object({ start: z.string() }),
    devDependencies: z.object({ node: z.string() }),
  })
  .parse(JSON.parse(readText('package.json')))

describe('the Dockerfile', () => {
  test('runs the App as npm start does, on the same Node', () => {
    const command = /^CMD (.+)$/m.exec(instructions.join('\n'))?.[1] ?? ''
    expect(JSON.parse(command).join(' ')).toBe(manifest.scripts.start)
    const images = instructions.filter((line) => line.startsWith('FROM '))
    expect(images).toHaveLength(2)
    for (const image of images) expect(image).toContain(`node:${manifest.devDependencies.node}-`)
  })

  test('installs from the lock file, without scripts, and nothing at run time', () => {
    const runs = instructions.filter((line) => line.startsWith('RUN '))
    expect(runs[0]).toBe('RUN npm ci --omit=dev --ignore-scripts')
    expect(runs[1]).toContain('rm -rf /usr/local/lib/node_modules')
    expect(runs).toHaveLength(3)
  })

  test('does not run as root, and has no right to its own code', () => {
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')))
    expect(last.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
    expect(last.indexOf('USER node')).toBeLessThan(last.findIndex((line) => /^CMD /.test(line)))
    expect(last.filter((line) => /chown|chmod 777/.test(line))).toEqual([])
  })

  test('copies only what the build may see', () => {
    const seen = readText('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const copied = instructions
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1))
    expect(new Set(copied)).toEqual(new Set(seen))
  })

  test('has everything that the sources read beside themselves', () => {
    const outside = [...readSources()].flatMap(([path, text]) =>
      path.startsWith('src/app/')
        ? [...text.matchAll(/\.\.\/\.\.\/\.\.\/([\w.-]+)'/g)].map(([, file]) => file)
        : [],
    )
    expect(outside).toContain('app.yml')
    for (const file of outside) expect(dockerfile).toContain(file)
  })

  test('is looked after by a request that needs nothing but Node', () => {
    expect(dockerfile).toMatch(/HEALTHCHECK [^\n]*\\\n\s+CMD \["node", "-e", ".*\/healthz/)
  })
})

const Service = z.looseObject({
  environment: z.record(z.string(), z.string()),
  security_opt: z.array(z.string()),
})

const compose = z
  .object({
    services: z.object({
      app: Service.extend({
        deploy: z.object({ replicas: z.int() }),
        read_only: z.boolean(),
        cap_drop: z.array(z.string()),
        ports: z.array(z.string()),
      }),
      database: Service,
    }),
    configs: z.object({ app_user: z.object({ content: z.string() }) }),
  })
  .parse(parse(readText('compose.yaml')))

describe('compose.yaml', () => {
  const { app, database } = compose.services

  test('runs two replicas that can write nowhere and have no rights', () => {
    expect(app).toMatchObject({
      deploy: { replicas: 2 },
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    expect(database.security_opt).toEqual(['no-new-privileges:true'])
  })

  test('opens ports to this machine alone, one for each replica', () => {
    expect(app.ports).toEqual(['127.0.0.1:3000-3001:3000'])
  })

  test('hands on every setting but those that a container gives its own', () => {
    const given = ['PRIVATE_KEY', 'DATABASE_FILE', 'PORT', 'HOST', 'ROLES']
    const others = variables
      .map(({ name }) => name as string)
      .filter((name) => !given.includes(name))
    expect(Object.keys(app.environment).sort()).toEqual(others.sort())
  })

  test('lets the App in as a user who owns nothing, and the owner only to change the schema', () => {
    const partsOf = (url = '') => /^postgres:\/\/(?<user>\w+):(?<password>.+)@/.exec(url)?.groups
    const { user, password } = partsOf(app.environment.DATABASE_URL) ?? {}
    const owner = partsOf(app.environment.MIGRATION_DATABASE_URL)
    expect(compose.configs.app_user.content).toBe(
      `create role ${user} login password '${password}';`,
    )
    const { POSTGRES_USER, POSTGRES_PASSWORD } = database.environment
    expect(owner).toEqual({ user: POSTGRES_USER, password: POSTGRES_PASSWORD })
    expect(user).not.toBe(POSTGRES_USER)
    expect(password).not.toBe(POSTGRES_PASSWORD)
  })

  test('sets only what the App reads, and no secret by value', () => {
    const known = new Set<string>(variables.map(({ name }) => name))
    expect(Object.keys(app.environment).filter((name) => !known.has(name))).toEqual([])
    const secrets = variables.filter(({ secret }) => secret).map(({ name }) => name as string)
    for (const [name, value] of Object.entries(app.environment)) {
      if (secrets.includes(name)) expect(value).toContain('${')
    }
    expect(app.environment).not.toHaveProperty('PRIVATE_KEY')
  })
})

test('docs/operate.md lists every setting, and none that there is not', () => {
  const table = readText('docs/operate.md').split('## Settings')[1]?.split('\n## ')[0] ?? ''
  const rows = table.split('\n').filter((line) => line.startsWith('| `'))
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  expect(named.sort()).toEqual(variables.map(({ name }) => name as string).sort())
})
