/** The engine in Node on one core: the nine rules alone, and with everything else that a run can do. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../scripts/setup.mjs'
import { builtEngine } from './built.mjs'
import { usualRecords, writeExtract, writePatients } from './extract.mjs'
import { ratio, row, sameFindings, sideBySide } from './measured.mjs'

const here = (name) => join(import.meta.dirname, name)

/** The extract of a size, written once and kept in the cache. */
export function extract(records = usualRecords) {
  const folder = join(root, '.cache', 'bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `extract-${records}.csv`)
  const planted = `${path}.json`
  if (existsSync(planted)) return JSON.parse(readFileSync(planted, 'utf8'))
  const made = writeExtract(path, records)
  writeFileSync(planted, JSON.stringify(made))
  return made
}

const mostMemory = 120e6

export const nodeParts = {
  node: {
    title: 'nine rules over 245 MB in Node, one thread each; the best of three turns',
    async measure() {
      const file = extract()
      const { engine } = await builtEngine()
      const judging = [
        { name: 'Carryover', module: engine, args: [file.path, here('schema.json')] },
        { name: 'DuckDB, one thread', module: here('duckdb.mjs'), args: [file.path] },
        { name: 'PapaParse header + ajv', module: here('papaparse-ajv.mjs'), args: [file.path] },
      ]
      const reading = [
        { name: 'PapaParse header, rows only', module: here('papaparse-rows.mjs'), args: [file.path] },
        { name: 'uDSV, rows only', module: here('udsv.mjs'), args: [file.path] },
        { name: 'csv-parse, rows only', module: here('csv-parse.mjs'), args: [file.path] },
      ]
      const found = sideBySide(judging)
      sameFindings(found, file)
      const read = sideBySide(reading, 1)
      for (const [name, { records }] of read)
        if (records !== file.records) throw new Error(`${name} read ${records} of ${file.records} records`)
      const ours = found.get('Carryover')
      return {
        table: [...found, ...read].map(([name, result]) => row(name, file.bytes, result)),
        ratios: [
          ratio('against PapaParse + ajv', found.get('PapaParse header + ajv'), ours, 6),
          ratio('against DuckDB', found.get('DuckDB, one thread'), ours, 2),
          { what: 'peak memory', value: `${(ours.memory / 1e6).toFixed(0)} MB`, goal: '≤ 120 MB', ok: ours.memory <= mostMemory },
        ],
      }
    },
  },
  full: {
    title: 'the same with profile, foreign key and duplicates beside the nine rules alone',
    async measure() {
      const file = extract()
      const { engine, full } = await builtEngine()
      const patients = `${file.path}.patients.csv`
      writePatients(patients)
      const found = sideBySide([
        { name: 'nine rules', module: engine, args: [file.path, here('schema.json')] },
        { name: 'with profile and keys', module: full, args: [file.path, here('schema.json'), patients] },
        { name: 'and watched columns', module: full, args: [file.path, here('schema.json'), patients, 'watch'] },
      ])
      // A bad identifier repeats from its second time on; a bad record number refers to nobody.
      const planted = { records: file.records, badCells: file.badCells, repeated: file.kinds[0] - 1, orphans: file.kinds[1] }
      for (const row of ['with profile and keys', 'and watched columns'])
        for (const [name, count] of Object.entries(planted))
          if (found.get(row)[name] !== count) throw new Error(`${row}, ${name}: ${found.get(row)[name]} found, ${count} planted`)
      const share = found.get('nine rules').seconds / found.get('with profile and keys').seconds
      return {
        table: [...found].map(([name, result]) => row(name, file.bytes, result)),
        ratios: [{ what: 'share of the speed', value: `${(share * 100).toFixed(0)} %`, goal: '≥ 60 %', ok: share >= 0.6 }],
      }
    },
  },
}
