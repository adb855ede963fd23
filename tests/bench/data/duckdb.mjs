/** DuckDB, with one thread unless it is told otherwise: the file as text columns, the nine rules as conditions. */
import { DuckDBInstance } from '@duckdb/node-api'
import { rulesOf } from './rules.mjs'

export async function run(path, extract = 'clean', threads = '1') {
  const { sqlRules } = rulesOf[extract]
  const instance = await DuckDBInstance.create(':memory:', { threads })
  const connection = await instance.connect()
  const rules = Object.values(sqlRules).filter((rule) => rule !== null)
  const cells = rules.map((rule) => `count(*) FILTER (NOT (${rule}))`).join(' + ')
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(*) FILTER (NOT (${rules.join(' AND ')})), ${cells}
     FROM read_csv('${path.replaceAll("'", "''")}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"',
       auto_detect = false, columns = {${Object.keys(sqlRules)
         .map((name) => `'${name}': 'VARCHAR'`)
         .join(', ')}})`,
  )
  const [records, badRecords, badCells] = reader.getRows()[0].map(Number)
  connection.closeSync()
  return { records, badRecords, badCells }
}
