/** Record numbers, dates and post codes are few enough to try them all. With one written file alone, none of those in the data is found. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { carryover, type Printed, writeSample } from './command-line.ts'
import { recovered, type Space } from './exhaustive-search.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-small-spaces-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (...names: readonly string[]): string => join(folder, ...names)

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const numbers = Array.from({ length: 100_000 }, (_, i) => `M${String(i).padStart(5, '0')}`)
const days = Array.from({ length: 36_525 }, (_, i) => new Date(Date.UTC(1920, 0, 1 + i)).toISOString().slice(0, 10))
const codes = Array.from(
  { length: 67_600 },
  (_, i) => `AB${Math.floor(i / 6760)} ${Math.floor(i / 676) % 10}${letters[Math.floor(i / 26) % 26]}${letters[i % 26]}`,
)
const pick = (space: readonly string[], i: number): string => space[(i * 7919 + 13) % space.length] ?? ''

/** Some rows are wrong, so that there is something to report: a repeated number, no date, a code of another form. */
const row = (i: number): string =>
  [
    pick(numbers, i % 11_990),
    `Pat ${i}`,
    i % 1000 === 7 ? 'unknown' : pick(days, i * 3),
    i % 900 === 5 ? 'AB' : pick(codes, i),
  ].join(',')
const head = 'MRN,NAME,BORN,POSTCODE'
const rows = Array.from({ length: 12_000 }, (_, i) => row(i))

/** Those of a space that stand in the first rows. */
function space(values: readonly string[], column: number, name: string, pattern: RegExp): Space {
  const cells = new Set(rows.map((each) => each.split(',')[column] ?? ''))
  return {
    values,
    planted: new Set(values.filter((value) => cells.has(value))),
    names: ['patients', name, `patients.${name}`],
    pattern,
  }
}
const spaces = [
  space(numbers, 0, 'MRN', /M\d{5}/g),
  space(days, 2, 'BORN', /\d{4}-\d\d-\d\d/g),
  space(codes, 3, 'POSTCODE', /AB\d \d[A-Z]{2}/g),
]

const legacy = at('patients.csv')
const target = at('loaded.csv')
const schema = at('schema.json')
mkdirSync(at('out'))
writeFileSync(legacy, `${head}\n${rows.join('\n')}\n`)
writeFileSync(
  target,
  `${head}\n${rows
    .slice(9)
    .map((each, i) => (i % 500 === 3 ? each.replace('Pat', 'Pot') : each))
    .join('\n')}\n`,
)
writeFileSync(
  schema,
  JSON.stringify({
    fields: [
      { name: 'MRN', type: 'string', constraints: { required: true, unique: true } },
      { name: 'NAME', type: 'string' },
      { name: 'BORN', type: 'date' },
      { name: 'POSTCODE', type: 'string', constraints: { minLength: 4 } },
    ],
    primaryKey: 'MRN',
  }),
)
const fields = at('map.csv')
writeFileSync(
  fields,
  [
    'legacy_source,legacy_field,rule,params,target,required,status,reason,by',
    'patients,MRN,copy,role=key,loaded.MRN,yes,confirmed,,',
    ...['NAME', 'BORN', 'POSTCODE'].map((name) => `patients,${name},copy,,loaded.${name},,confirmed,,`),
    '',
  ].join('\n'),
)

const validate = ['validate', legacy, '--schema', schema]
const reconcile = ['reconcile', '--legacy', legacy, '--target', target, '--mapping', fields]
const out = (name: string): readonly string[] => ['--out', at('out', name)]

/** Runs with their outputs; files that are made to hold the data (rejects, rows, clean and mapped tables, duplicates) are data. */
const formats: Readonly<Record<string, readonly string[]>> = {
  validate: 'text json ndjson csv csv-machine sarif junit operationoutcome frictionless markdown html'.split(' '),
  profile: 'text json csv markdown'.split(' '),
  reconcile: 'text json markdown'.split(' '),
  link: 'text json'.split(' '),
}

function said(name: string, { code, out: printed, err }: Printed): void {
  expect([name, code === 0 || code === 1 || err]).toEqual([name, true])
  writeFileSync(at('out', `${name}.stdout`), printed)
  writeFileSync(at('out', `${name}.stderr`), err)
}

function writeAll(): void {
  const verbs = { validate, profile: ['profile', legacy], reconcile, link: ['link', legacy] }
  for (const [verb, words] of Object.entries(verbs))
    for (const format of formats[verb] ?? [])
      said(`${verb}.${format}`, carryover(...words, '--format', format, ...out(`${verb}.${format}.file`)))
  said('suggest', carryover('profile', legacy, '--suggest-schema', at('out', 'suggested.json')))
  said('ledger', carryover(...reconcile, '--ledger', at('out', 'ledger.json')))
  said('model', carryover('link', legacy, '--write-model', at('out', 'model.json')))
  said('fields', carryover('map', legacy, '--suggest', at('out', 'fields.csv')))
  for (const [verb, words] of Object.entries({ validate, profile: verbs.profile, reconcile })) {
    const asked = ['--engine', 'local:2', '--work', at('out', `${verb}.work`), '--block', '65536', '--partitions', '4']
    said(`${verb}.spread`, carryover('run', ...words, ...asked, '--format', 'json', ...out(`${verb}.spread.json`)))
  }
  said('compared', carryover('baseline', 'compare', at('out', 'validate.json.file'), at('out', 'validate.json.file')))
  said('worklist', carryover('baseline', 'worklist', at('out', 'validate.json.file'), ...out('worklist.md')))
}

/** Every file but keys, which are what the others are sealed with. */
function filesBelow(place: string): Map<string, Uint8Array> {
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(place, name)).isFile() && !/(?:^|[./])key$/.test(name))
  return new Map(files.map((name) => [relative(place, join(place, name)), readFileSync(join(place, name))]))
}

test('no planted value is found in a written file by trying every one', { timeout: 600_000 }, () => {
  writeAll()
  const files = filesBelow(at('out'))
  expect(files.size).toBeGreaterThan(60)
  const found = recovered(files, spaces)
  const most = [...found].filter(([, count]) => count > 0)
  const planted = spaces.reduce((sum, one) => sum + one.planted.size, 0)
  console.log(
    `small-spaces: ${files.size} files of ${Object.keys(formats).length + 3} verbs, ${planted} values planted in spaces of ${numbers.length}, ${days.length} and ${codes.length}: ${most.reduce((sum, [, count]) => sum + count, 0)} recovered`,
  )
  expect(most).toEqual([])
})

test('nor is a patient of a shared project, in what of it is not private', { timeout: 300_000 }, () => {
  const project = at('riverside')
  expect(writeSample('--patients', '60', '--out', project).code).toBe(0)
  const table = readFileSync(join(project, 'private/legacy/patients.csv'), 'latin1').split(/\r?\n/).slice(1)
  const mine = table.map((line) => line.split(';')[0] ?? '').filter((value) => value !== '')
  expect(mine.length).toBeGreaterThan(50)
  const base = Number(mine[0])
  const values = [...new Set([...mine, ...Array.from({ length: 100_000 }, (_, i) => String(base + i).padStart(9, '0'))])]
  const open = new Map([...filesBelow(project)].filter(([name]) => !name.startsWith('private')))
  expect(open.size).toBeGreaterThan(20)
  const found = recovered(open, [
    { values, planted: new Set(mine), names: ['patients', 'MRN', 'patients.MRN'], pattern: /\d{9}/g },
  ])
  expect([...found].filter(([, count]) => count > 0)).toEqual([])
})
