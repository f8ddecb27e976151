import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type BuildOptions, defineConfig, type Plugin } from 'rolldown'
import type { Dependency, Options } from 'rollup-plugin-license'

// The plugin is CommonJS and its types say that it is an ES module: an import would have the wrong type.
const license: (options: Options) => Plugin = createRequire(import.meta.url)(
  'rollup-plugin-license',
)

/** The licences that a package inside dist/ may carry, as an SPDX expression. */
const ALLOWED_LICENCES =
  '(MIT OR ISC OR BSD-2-Clause OR BSD-3-Clause OR Apache-2.0 OR 0BSD OR BlueOak-1.0.0 OR CC0-1.0)'

/**
 * The bundle of one entry. Names of functions and classes are kept, so that a stack trace from a user's log can be read;
 * file names carry no hash, so that a rebuilt dist/ can be compared with the committed one. What is `import()`ed lands in
 * files of its own beside the entry, what is imported at the start in one.
 */
export function bundle(input: string, dir: string): BuildOptions {
  return {
    input,
    platform: 'node',
    // No tsconfig: it is for the type check, and nothing in it may change what is shipped.
    tsconfig: false,
    plugins: [leanPackages(), leanRegistry(), thirdPartyLicences()],
    onLog(level, log, report) {
      // A warning (an import that does not resolve, a cycle between chunks) would ship a broken Action.
      report(level === 'warn' ? 'error' : level, log)
    },
    treeshake: {
      // They only define things. Without this, the client for OpenID Connect and what the command alone needs of src/, which
      // are never used, are loaded at each start.
      moduleSideEffects: [
        { test: /node_modules[\\/](?:@actions|@octokit[\\/]rest)[\\/]/, sideEffects: false },
        { test: /[\\/]src[\\/](?:delivery|github|provenance|report)[\\/]/, sideEffects: false },
      ],
    },
    output: {
      dir,
      format: 'es',
      cleanDir: true,
      codeSplitting: {
        groups: [
          {
            // One file for all that is loaded at each start: each file more is another to find and read. The entry stays
            // out of it, because it awaits what is loaded later, which imports from here.
            name: 'start',
            tags: ['$initial'],
            test: (id) => !id.endsWith(input),
          },
        ],
      },
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      keepNames: true,
      minify: true,
      comments: false,
    },
  }
}

/**
 * What the bundle takes instead of a whole package, by the name under which @actions/github or @octokit/rest imports it: of
 * undici the two things that are used, of Octokit's plugins nothing, because calls are made by route. At each start of the
 * Action this saves a sixth of its processor time (docs/decisions/0004-lean-bundle.md).
 */
const LEAN: Readonly<Record<string, string>> = {
  undici: `
    import web from ${pathOf('undici/lib/web/fetch')}
    import ProxyAgent from ${pathOf('undici/lib/dispatcher/proxy-agent')}
    export const fetch = web.fetch
    export { ProxyAgent }`,
  '@octokit/plugin-rest-endpoint-methods': `
    export const restEndpointMethods = () => ({})
    export const legacyRestEndpointMethods = restEndpointMethods`,
  '@octokit/plugin-paginate-rest': 'export const paginateRest = () => ({})',
}

function pathOf(module: string): string {
  return JSON.stringify(createRequire(import.meta.url).resolve(module))
}

function leanPackages(): Plugin {
  const prefix = '\0lean:'
  return {
    name: 'lean-packages',
    resolveId: {
      handler: (source) => (Object.hasOwn(LEAN, source) ? `${prefix}${source}` : null),
    },
    load: {
      handler: (id) =>
        id.startsWith(prefix)
          ? { code: LEAN[id.slice(prefix.length)] ?? '', moduleType: 'js' }
          : null,
    },
  }
}

/** What the registry keeps for its readers and its tests, and matching does not need. */
const DOCUMENTATION = new Set([
  '$schema',
  'source',
  'firstSeen',
  'lastSeen',
  'note',
  'examples',
  'counterexamples',
])

/**
 * Bundles the registry without its documentation, two thirds of it, as text that is parsed when it is needed: both save
 * time at every start of the Action.
 */
function leanRegistry(): Plugin {
  return {
    name: 'lean-registry',
    load: {
      filter: { id: /[\\/]provenance[\\/]registry\.json$/ },
      handler(id) {
        const lean = JSON.stringify(JSON.parse(readFileSync(id, 'utf8')), (key, value) =>
          DOCUMENTATION.has(key) ? undefined : value,
        )
        return { code: `export default JSON.parse(${JSON.stringify(lean)})`, moduleType: 'js' }
      },
    },
  }
}

/**
 * Writes licenses.txt beside the bundle: name, version and full licence text of each package that has code in it, and of no
 * other. Fails the build where a licence is not among those allowed, or its text is missing: the text must be shipped.
 */
function thirdPartyLicences(): Plugin[] {
  let text = ''
  const scanner = license({
    thirdParty: {
      multipleVersions: true,
      includePrivate: true,
      allow: { test: ALLOWED_LICENCES, failOnUnlicensed: true, failOnViolation: true },
      output(dependencies) {
        text = dependencies
          .map(licenceEntry)
          .sort()
          .join(`\n\n${'-'.repeat(80)}\n\n`)
      },
    },
  })
  const writer: Plugin = {
    name: 'write-third-party-licences',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: `${text}\n` })
    },
  }
  return [scanner, writer]
}

function licenceEntry({ name, version, license, licenseText, noticeText }: Dependency): string {
  if (licenseText === null) {
    throw new Error(
      `${name} ${version} is bundled but ships no licence text: add it to thirdPartyLicences, or drop the package.`,
    )
  }
  const texts = [licenseText, noticeText].filter((text) => text !== null)
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())]
    .join('\n\n')
    .replaceAll('\r\n', '\n') // as git would, on its way into the repository
}

export default defineConfig(bundle('src/action/index.ts', 'dist'))
