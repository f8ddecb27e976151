import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import type { StoreLocation } from '../../src/store/index.ts'
import { aTenant } from '../support/a-tenant.ts'
import { describePostgres, type TestEngine } from '../support/stores.ts'

async function connect(location: StoreLocation): Promise<pg.Client> {
  if (location.engine !== 'postgres') throw new Error('not on PostgreSQL')
  const client = new pg.Client({ connectionString: location.url })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** Serve all tenants, and are found over all of them (queue-tables.ts). */
const overAllTenants = [
  'bodies_pkey',
  'inbox_by_time',
  'inbox_dead',
  'inbox_pkey',
  'jobs_by_kind',
  'jobs_dead',
  'tenants_by_installation',
]

describePostgres('who may see what', (engine) => {
  test('every table with rows of tenants has row-level security, forced, with a policy', async () => {
    const location = await engine.location()
    await engine.open({ location })
    const client = await connect(location)
    const { rows } = await client.query(`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') as tenants
      from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      order by 1`)
    const withTenants = rows.filter(({ tenants }) => tenants)
    expect(withTenants.length).toBe(18)
    for (const table of withTenants) {
      expect(table).toMatchObject({ enabled: true, forced: true, policies: 1 })
    }
    const others = rows.filter(({ tenants }) => !tenants).map(({ name }) => name)
    expect(others).toEqual(['schema_state', 'sessions'])
  })

  test('only tables: no view goes round row-level security', async () => {
    const location = await engine.location()
    await engine.open({ location })
    const client = await connect(location)
    const { rows } = await client.query(`
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f', 'p')`)
    expect(rows).toEqual([])
  })

  test('the App runs as a role that owns nothing and cannot get round it', async () => {
    const location = await engine.location()
    await engine.open({ location })
    const client = await connect(location)
    const role = await client.query(`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin
      from pg_roles where rolname = 'what_shipped_app'`)
    expect(role.rows).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
      },
    ])
    const owned = await client.query(`
      select relname from pg_class where relowner = 'what_shipped_app'::regrole`)
    expect(owned.rows).toEqual([])
    const unchangeable = await client.query(`
      select t from unnest(array['snapshots', 'audit', 'schema_state']) as t
      where has_table_privilege('what_shipped_app', t, 'update')`)
    expect(unchangeable.rows).toEqual([])
  })

  test('the tenant comes first in every key and index of its rows', async () => {
    const location = await engine.location()
    await engine.open({ location })
    const client = await connect(location)
    const { rows } = await client.query(`
      select i.relname as name, a.attname as first
      from pg_index x
      join pg_class i on i.oid = x.indexrelid
      join pg_class c on c.oid = x.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where c.relnamespace = 'public'::regnamespace
        and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
      order by 1`)
    expect(rows.length).toBeGreaterThan(20)
    const others = rows.filter(({ first }) => first !== 'tenant_id').map(({ name }) => name)
    expect(others).toEqual(overAllTenants)
  })

  test('a tenant sees its own rows, nobody sees any, and the queue sees only what is its own', async () => {
    const location = await engine.location()
    const store = await engine.open({ location })
    for (const id of [7, 8]) {
      await store.tenants.upsert(aTenant({ id, installationId: id }))
      await store.tenant(id).write(null, (facts) => facts.settings.put(`{"of":${id}}`))
    }
    const client = await connect(location)
    await client.query('set role what_shipped_app')
    const count = async (table: string, settings: Readonly<Record<string, string>>) => {
      await client.query('begin')
      for (const [name, value] of Object.entries(settings)) {
        await client.query('select set_config($1, $2, true)', [`what_shipped.${name}`, value])
      }
      const { rows } = await client.query(`select count(*)::int as count from ${table}`)
      await client.query('rollback')
      return rows[0].count
    }
    expect(await count('settings', { tenant: '7' })).toBe(1)
    expect(await count('settings', { tenant: '9' })).toBe(0)
    expect(await count('settings', {})).toBe(0)
    expect(await count('settings', { scope: 'queue' })).toBe(0)
    expect(await count('tenant_keys', { scope: 'queue' })).toBe(0)
    expect(await count('tenants', {})).toBe(0)
    expect(await count('tenants', { tenant: '7' })).toBe(1)
    expect(await count('tenants', { scope: 'queue' })).toBe(2)
  })

  test('a row of another tenant can neither be written, moved nor deleted', async () => {
    const location = await engine.location()
    const store = await engine.open({ location })
    for (const id of [7, 8]) {
      await store.tenants.upsert(aTenant({ id, installationId: id }))
      await store.tenant(id).write(null, (facts) => facts.settings.put('{}'))
    }
    const client = await connect(location)
    await client.query(`set role what_shipped_app; set what_shipped.tenant = '7'`)
    const refused = /row-level security/
    await expect(client.query(`insert into settings values (9, '{}')`)).rejects.toThrow(refused)
    await expect(client.query('update settings set tenant_id = 8')).rejects.toThrow(refused)
    expect((await client.query('delete from settings where tenant_id = 8')).rowCount).toBe(0)
    expect((await client.query(`update settings set document = 'mine'`)).rowCount).toBe(1)
    expect(await store.tenant(8).read((facts) => facts.settings.get())).toBe('{}')
  })

  test('the login of the App needs no more than the role, and migrations may have a login of their own', async () => {
    const { location, login, url } = await withLogin(engine, 'login')
    // Nobody has made the schema yet, and this one may not.
    await expect(engine.open({ location: { engine: 'postgres', url } })).rejects.toThrow(
      `${login} may not change it: give the owner of the database as MIGRATION_DATABASE_URL`,
    )
    const store = await engine.open({
      location: { engine: 'postgres', url, migrationUrl: location.url },
    })
    await store.tenants.upsert(aTenant({ id: 7 }))
    expect((await store.tenants.get(7))?.login).toBe('octo')
    // The schema is up to date: the next start needs no other login.
    const again = await engine.open({ location: { engine: 'postgres', url } })
    expect(await again.tenants.list()).toHaveLength(1)
  })

  test('the owner of the database need not be a superuser', async () => {
    const { location, login, url } = await withLogin(engine, 'login createrole')
    const admin = await connect(location)
    const { rows } = await admin.query('select current_database() as name')
    await admin.query(`alter database ${rows[0].name} owner to ${login}`)
    const store = await engine.open({ location: { engine: 'postgres', url } })
    for (const id of [7, 8]) {
      await store.tenants.upsert(aTenant({ id, installationId: id }))
      await store.tenant(id).write(null, (facts) => facts.settings.put(`{"of":${id}}`))
    }
    expect(await store.tenant(7).read((facts) => facts.settings.get())).toBe('{"of":7}')
    // Forced: the owner of the tables sees no more than the App.
    const owner = await connect({ engine: 'postgres', url })
    expect((await owner.query('select * from settings')).rows).toEqual([])
  })
})

/** A database, and a login without any right to what is in it. */
async function withLogin(engine: TestEngine, may: string) {
  const location = await engine.location()
  if (location.engine !== 'postgres') throw new Error('not on PostgreSQL')
  const login = `user_${randomBytes(6).toString('hex')}`
  const admin = await connect(location)
  await admin.query(`create role ${login} ${may}`)
  return { location, login, url: location.url.replace('postgres@', `${login}@`) }
}
