import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** Where the run keeps its server: set by the global set-up, for the tests' own processes. */
const folderVariable = 'WHAT_SHIPPED_TEST_POSTGRES'

/** The folder of the server's programs; undefined: none is installed. */
export const postgresPrograms: string | undefined = findPrograms()

/**
 * Vitest's global set-up: a folder in which the first test that needs PostgreSQL starts a server for the whole run. A run
 * without such tests starts none.
 */
export function setup(): () => void {
  if (postgresPrograms === undefined) {
    if (process.env.REQUIRE_POSTGRES !== undefined) {
      throw new Error('REQUIRE_POSTGRES is set, and no PostgreSQL server is installed')
    }
    console.warn(
      '\nNo PostgreSQL server is installed: NOTHING IS TESTED ON POSTGRESQL (apt-get install postgresql).\n',
    )
    return () => {}
  }
  // Short, since the path of a socket may have no more than 107 characters.
  const folder = mkdtempSync(join(tmpdir(), 'ws-pg-'))
  process.env[folderVariable] = folder
  endWithThisProcess(folder)
  return () => {
    if (existsSync(join(folder, 'data', 'postmaster.pid'))) {
      run('pg_ctl', ['stop', '--pgdata', join(folder, 'data'), '--mode', 'immediate'])
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface TestDatabase {
  /** As the superuser of the test's server. */
  readonly url: string
  readonly name: string
}

/** A new, empty database on the run's server. */
export async function createDatabase(): Promise<TestDatabase> {
  const folder = await startedServer()
  const name = `test_${randomBytes(8).toString('hex')}`
  const client = new pg.Client({ connectionString: urlOf(folder, 'postgres') })
  await client.connect()
  try {
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
  return { url: urlOf(folder, name), name }
}

/** A server of a test's own, to be stopped and started. It writes to disk for certain, unlike that of the whole run. */
export class OwnServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ws-pg-'))
  readonly url: string

  constructor() {
    endWithThisProcess(this.#folder)
    makeCluster(this.#folder, [])
    this.url = urlOf(this.#folder, 'postgres')
    this.start()
  }

  start(): void {
    startServer(this.#folder)
  }

  /** As a crash or a power cut would; what is committed stays. */
  stop(): void {
    run('pg_ctl', ['stop', '--pgdata', join(this.#folder, 'data'), '--mode', 'immediate'])
  }

  remove(): void {
    if (existsSync(join(this.#folder, 'data', 'postmaster.pid'))) this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** The whole database as SQL, as a backup has it. */
export function dumpDatabase(url: string): string {
  return run('pg_dump', ['--dbname', url]).toString('utf8')
}

function urlOf(folder: string, database: string): string {
  return `postgresql://postgres@/${database}?host=${encodeURIComponent(folder)}`
}

/** The folder of the run's server, which the first of all test processes starts. */
async function startedServer(): Promise<string> {
  const folder = process.env[folderVariable]
  if (folder === undefined) throw new Error('the global set-up of the tests has not run')
  const ready = join(folder, 'ready')
  if (takesPart(folder)) {
    // Nothing here has to survive the machine.
    makeCluster(folder, ['fsync = off', 'full_page_writes = off'])
    startServer(folder)
    writeFileSync(ready, '')
  }
  while (!existsSync(ready)) await delay(50)
  return folder
}

/** Whether this process is the first to ask. */
function takesPart(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'starting'))
    return true
  } catch {
    return false
  }
}

function makeCluster(folder: string, settings: readonly string[]): void {
  const owner = serverUser()
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  run('initdb', [
    ...['--pgdata', data, '--username', 'postgres', '--auth', 'trust'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
  ])
  const lines = [
    `listen_addresses = ''`,
    `unix_socket_directories = '${folder}'`,
    'max_connections = 200',
    ...settings,
  ]
  writeFileSync(join(data, 'postgresql.conf'), `${lines.join('\n')}\n`)
}

/** Where this process is killed, nobody else would stop the server that is in a folder, and remove it. */
function endWithThisProcess(folder: string): void {
  const script = `
    while kill -0 "$1" 2> /dev/null; do sleep 5; done
    if [ -f "$2/data/postmaster.pid" ]; then kill -QUIT "$(head -n 1 "$2/data/postmaster.pid")"; fi
    rm -rf "$2"`
  const args = ['-c', script, 'sh', String(process.pid), folder]
  spawn('sh', args, { detached: true, stdio: 'ignore' }).unref()
}

function startServer(folder: string): void {
  const log = join(folder, 'log')
  try {
    run('pg_ctl', ['start', '--pgdata', join(folder, 'data'), '--log', log, '--wait', '--silent'])
  } catch (error) {
    const said = existsSync(log) ? readFileSync(log, 'utf8') : ''
    throw new Error(`PostgreSQL did not start: ${said}`, { cause: error })
  }
}

function run(program: string, args: readonly string[]): Buffer {
  return execFileSync(join(postgresPrograms ?? '', program), args, {
    ...serverUser(),
    cwd: tmpdir(),
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  })
}

/** Whom the server runs as where the tests run as root, which it refuses; undefined: as whoever runs the tests. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (account !== undefined) return { uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new Error('the tests run as root, and there is no other account to run PostgreSQL as')
}

function findPrograms(): string | undefined {
  const path = (process.env.PATH ?? '').split(delimiter)
  const debian = globSync('/usr/lib/postgresql/*/bin').sort().reverse()
  return [...debian, ...path, '/usr/local/pgsql/bin', '/opt/homebrew/bin'].find((folder) =>
    ['initdb', 'pg_ctl', 'pg_dump'].every((program) => existsSync(join(folder, program))),
  )
}
