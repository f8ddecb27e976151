import { DuckDBInstance } from '@duckdb/node-api'

// The medians and revert rates of both cohorts, and nothing else, from a file of `export --changes`: what `bench/report.ts`
// sets the report beside.
const [file = ''] = process.argv.slice(2)
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
const result = await connection.runAndReadAll(
  `SELECT exposure.atReady."group" AS cohort,
          median(cycleSeconds) AS half_within,
          avg(CAST(reverted.within30Days AS INT)) AS reverted,
          count(*) AS changes
     FROM read_json($file, format = 'newline_delimited', columns = {
            exclusion: 'VARCHAR',
            cycleSeconds: 'BIGINT',
            exposure: 'STRUCT(atReady STRUCT("group" VARCHAR))',
            reverted: 'STRUCT(within30Days BOOLEAN)'})
    WHERE exclusion IS NULL AND exposure IS NOT NULL
    GROUP BY cohort ORDER BY cohort`,
  { file },
)
console.log(JSON.stringify(result.getRowObjectsJson()))
