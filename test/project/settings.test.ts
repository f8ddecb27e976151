import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { findPackages } from '../support/import-rules.ts'
import { readFiles, readSources, readText, root } from '../support/repository.ts'

const Versions = z.record(z.string(), z.string())

const { scripts, dependencies, devDependencies, ...manifest } = z
  .looseObject({
    scripts: Versions.default({}),
    dependencies: Versions,
    devDependencies: Versions,
  })
  .parse(JSON.parse(readText('package.json')))

describe('package.json', () => {
  test('cannot be published by mistake, is ESM and needs Node 24', () => {
    expect(manifest).toMatchObject({
      private: true,
      type: 'module',
      license: 'MIT',
      engines: { node: '>=24' },
    })
  })

  test('pins every package to one version of the registry', () => {
    const versions = Object.entries({ ...dependencies, ...devDependencies })
    expect(versions.filter(([, version]) => !isExact(version))).toEqual([])
  })

  test.each([
    ['1.2.3', true],
    ['1.2.3-rc.1', true],
    ['^1.2.3', false],
    ['1.x', false],
    ['latest', false],
    ['*', false],
    ['git+https://example.com/a.git', false],
    ['https://example.com/a.tgz', false],
    ['file:../a', false],
    ['npm:other@1.2.3', false],
  ])('a version of %s is exact: %s', (version, exact) => {
    expect(isExact(version)).toBe(exact)
  })

  test('brings its own Node, and lets no other package run a script when it is installed', () => {
    expect(devDependencies.node).toMatch(/^24\./)
    expect(manifest.allowScripts).toEqual({ node: true })
  })

  const used = findPackages(readSources())

  test('lists as a dependency what the sources import, and nothing else', () => {
    const shipped = [...used].filter(([, { typeOnly }]) => !typeOnly).map(([name]) => name)
    expect(shipped.sort()).toEqual(Object.keys(dependencies).sort())
  })

  test('lists what the sources import types of', () => {
    const listed = new Set(Object.keys({ ...dependencies, ...devDependencies }))
    expect([...used.keys()].filter((name) => !listed.has(name))).toEqual([])
  })

  test('lists for development what tests, benchmarks, settings or scripts use', () => {
    const texts = [
      ...readFiles('{test,bench}/**/*.ts', '*.config.ts', 'tsconfig.json').values(),
      ...Object.values(scripts),
    ].join('\n')
    const mentioned = (name: string) => texts.includes(name.replace(/^@types\//, ''))
    expect(Object.keys(devDependencies).filter((name) => !mentioned(name))).toEqual([])
  })

  test('has the scripts that the README and CI name', () => {
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining(['build', 'check', 'soak', 'test', 'what-shipped']),
    )
  })

  test('runs every script through the check of the Node version', () => {
    const commands = Object.values(scripts).flatMap((script) => script.split(' && '))
    const unguarded = commands.filter(
      (command) => !command.startsWith('node --import ./node-version.mjs '),
    )
    expect(unguarded).toEqual([])
  })

  function isExact(version: string): boolean {
    return /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)
  }
})

describe('package-lock.json', () => {
  const { packages } = z
    .object({
      packages: z.record(
        z.string(),
        z.object({
          resolved: z.string().optional(),
          integrity: z.string().optional(),
          link: z.boolean().optional(),
          inBundle: z.boolean().optional(),
          dependencies: Versions.default({}),
          optionalDependencies: Versions.default({}),
        }),
      ),
    })
    .parse(JSON.parse(readText('package-lock.json')))

  test('names no host to install from', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual(
      [],
    )
  })

  test('has the checksum of every package, so that none comes from git or a path', () => {
    const unchecked = Object.entries(packages)
      .filter(([path, { inBundle }]) => path !== '' && inBundle !== true)
      .filter(([, { integrity, link }]) => link === true || !integrity?.startsWith('sha512-'))
    expect(unchecked).toEqual([])
  })

  // npm installs from such a file without a word, and "npm ci" refuses it: seen where a registry lacked the builds of a
  // package for other platforms.
  test('has an entry for every package that another one needs', () => {
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} needs ${name}`),
    )
    expect(missing).toEqual([])
  })

  /** Whether Node would find `name` from the package at `path`: in its own node_modules, or in one above. */
  function isLocked(path: string, name: string): boolean {
    const inside = path === '' ? '' : `${path}/`
    if (Object.hasOwn(packages, `${inside}node_modules/${name}`)) return true
    if (path === '') return false
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1))
    return isLocked(parent, name)
  }

  test('.npmrc keeps it so, and names no registry', () => {
    const lines = readText('.npmrc').split('\n')
    expect(lines).toEqual(
      expect.arrayContaining(['omit-lockfile-registry-resolved=true', 'save-exact=true']),
    )
    expect(lines.filter((line) => /registry\s*=(?!true)|_auth|engine-strict/i.test(line))).toEqual(
      [],
    )
  })
})

describe('tsconfig.json and biome.json', () => {
  test('keep the types strict', () => {
    expect(JSON.parse(readText('tsconfig.json'))).toMatchObject({
      compilerOptions: {
        strict: true,
        erasableSyntaxOnly: true,
        verbatimModuleSyntax: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
      },
      include: expect.arrayContaining(['src', 'test', '*.config.ts']),
    })
  })

  test('keep the rules on', () => {
    expect(JSON.parse(readText('biome.json'))).toMatchObject({
      linter: {
        enabled: true,
        rules: {
          preset: 'recommended',
          nursery: { noFloatingPromises: 'error', noMisusedPromises: 'error' },
          style: { noNonNullAssertion: 'error', useImportType: 'error' },
          suspicious: { noExplicitAny: 'error' },
        },
      },
    })
  })
})

describe('node-version.mjs', () => {
  const preload = join(root, 'node-version.mjs')

  function runAs(version: string) {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
    return spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(pretend)}`,
        '--import',
        preload,
      ].concat('--eval', 'process.stdout.write("ran")'),
      { encoding: 'utf8' },
    )
  }

  test.each(['18.20.8', '20.20.2', '22.5.0', '23.11.1'])(
    'stops Node %s with one line that says what to do',
    (version) => {
      const { status, stdout, stderr } = runAs(version)
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toMatch(
        new RegExp(
          `^What Shipped needs Node 24 or newer; this is Node ${RegExp.escape(version)} .*\n$`,
        ),
      )
    },
  )

  test.each(['24.0.0', '24.21.0', '26.1.0', '100.0.0'])(
    'lets Node %s through in silence',
    (version) => {
      const { status, stdout, stderr } = runAs(version)
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'ran', stderr: '' })
    },
  )
})

describe('.ci/', () => {
  test.each(['.ci/run', '.ci/check-dist'])('%s is a program that bash understands', (path) => {
    expect(statSync(join(root, path)).mode & 0o111).toBe(0o111)
    expect(readText(path)).toMatch(/^#!\/usr\/bin\/env bash\n/)
    execFileSync('bash', ['-n', join(root, path)])
  })
})
