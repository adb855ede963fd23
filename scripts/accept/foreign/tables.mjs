/** Acceptance of tables that nobody here wrote: what is said of clean ones, and of schemas that were read off them. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build } from '../../setup.mjs'
import { cli, shared } from '../measure.mjs'

export const lines = [
  {
    name: 'foreign-clean-tables',
    line: 'Clean foreign tables: 0 errors, at most one warning per 10 files, each explained',
    measure: cleanTables,
  },
  {
    name: 'foreign-own-schema',
    line: 'Schemas proposed from foreign tables hold on their own data: 0 findings that stem from them',
    measure: ownSchemas,
  },
]

const csv = join(shared, 'data', 'csv')

/** Folders of which every file is clean, and files of suites that their authors mean as valid. */
const extracts = [
  join(csv, 'legacy-synthea-27'),
  join(csv, 'legacy-synthea-27', 'vocab'),
  join(csv, 'target-omop-27nj'),
  join(shared, 'data', 'pair-12', 'legacy'),
]
const definitions = ['target-omop-cdm54', 'checks-dqd', 'rabbit-in-a-hat'].map((name) => join(csv, name))
const dialects = [join(csv, 'csv-spectrum', 'csvs')]
/** Of frictionless: names that their suite validates without an error. */
const valid = [
  'ascii',
  'bom',
  'capital-valid',
  'delimiter',
  'doublequote',
  'floats',
  'leading-zeros',
  'long',
  'numeric-labels',
].map((name) => join(csv, 'frictionless-fixtures', `${name}.csv`))

/** Why a warning about a clean file is true: what a person sees who opens it. */
const explained = {
  'CARE_SITE.csv data/header-only': 'the table was exported without a record',
  'LOCATION.csv data/header-only': 'the table was exported without a record',
  'organizations.csv data/uneven-zeros': 'post codes of Massachusetts read 1850 beside 01801-4979: zeros were lost',
  'providers.csv data/uneven-zeros': 'post codes of Massachusetts read 1850 beside 01801-4979: zeros were lost',
  'OMOP_CDMv5.4_Field_Level.csv data/encoding-damage': 'a note holds U+FFFD where quotation marks stood',
  'location_coordinates.csv data/encoding-damage': 'a coordinate holds U+FFFD where the degree sign stood',
  'location_coordinates.csv data/stray-quote': 'seconds of arc are written as quotation marks in an unquoted cell',
}

function cleanTables() {
  build()
  const sets = [...extracts, ...definitions, ...dialects].filter(existsSync).map(tablesIn)
  // Each suite alone: tables of one run may refer to each other.
  const found = [...sets, valid.filter(existsSync)].flatMap((files) => findingsOf(files, []))
  const files = sets.flat().length + valid.length
  const errors = found.filter(({ severity }) => severity === 'error' || severity === 'critical')
  const warnings = found.filter(({ severity }) => severity === 'warning')
  const unexplained = warnings.filter(({ name }) => explained[name] === undefined)
  const said = warnings.map(({ name }) => `\n       ${name}: ${explained[name] ?? 'NOT EXPLAINED'}`)
  return {
    ok: errors.length === 0 && warnings.length * 10 <= files && unexplained.length === 0,
    figure: `${files} files, ${errors.length} errors, ${warnings.length} warnings${errors.map(({ name }) => `; ${name}`).join('')}${said.join('')}`,
  }
}

/** Codes of reading and of what is watched in every column, whatever the schema says. */
const ofFile = new Set(
  ['header-only', 'encoding-damage', 'blank-line', 'stray-quote', 'outer-blank', 'uneven-zeros'].map((name) => `data/${name}`),
)

function ownSchemas() {
  build()
  const folder = mkdtempSync(join(tmpdir(), 'carryover-own-'))
  try {
    const sets = [...extracts, ...definitions].filter(existsSync).map(tablesIn)
    let rules = 0
    const found = sets.flatMap((files, i) => {
      const schema = join(folder, `${i}.json`)
      run(['profile', ...files, '--quiet', '--suggest-schema', schema, '--format', 'json'])
      for (const { schema: one } of JSON.parse(readFileSync(schema, 'utf8')).resources)
        rules += one['x-carryover'].rules?.length ?? 0
      return findingsOf(files, ['--schema', schema]).filter(({ code }) => !ofFile.has(code))
    })
    const names = found.map(({ name, count }) => `; ${name} ${count}`).join('')
    return {
      ok: found.length === 0,
      figure: `${sets.flat().length} tables, ${rules} rules across columns proposed, ${found.length} findings that stem from the schemas${names}`,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function tablesIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => join(folder, name))
}

function findingsOf(files, options) {
  const { inputs, findings } = JSON.parse(
    run(['validate', ...files, '--quiet', '--format', 'json', '--fail-on', 'never', ...options]),
  )
  return findings.map(({ input, code, severity, count }) => {
    const file = basename(inputs[input]?.path ?? '')
    return { name: `${file} ${code}`, code, severity, count }
  })
}

function run(args) {
  const done = spawnSync(process.execPath, [cli(), ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(done.stderr)
  return done.stdout
}
