import { expect, test } from 'vitest'
import type { ReconcileResult } from '../../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { finish } from '../../../../src/core/operation.ts'
import { runMapping } from '../crosswalk/mapped.ts'
import { carriedTables, hasSynthea, leftTables, legacyText, omopMapping, tableSource } from './synthea-omop.ts'

const signal = new AbortController().signal
type Texts = ReadonlyMap<string, string>

const texts = (tables: readonly string[]): Map<string, string> =>
  new Map(hasSynthea ? tables.map((table) => [table, legacyText(table)]) : [])
const legacyTexts = (): Map<string, string> => texts([...carriedTables, ...leftTables])

async function mapped(legacy: Texts) {
  const inputs = [...legacy].map(([table, text]) => tableSource('legacy', table, text))
  const { result, files } = await runMapping({ inputs, mapping: omopMapping })
  const target = new Map(
    [...files].flatMap(([path, text]) => (/^\w+\.csv$/.test(path) ? [[path.slice(0, -4), text] as const] : [])),
  )
  return { result, target }
}

function checked(legacy: Texts, target: Texts): Promise<ReconcileResult> {
  const inputs = [
    ...[...legacy].map(([table, text]) => tableSource('legacy', table, text)),
    ...[...target].map(([table, text]) => tableSource('target', table, text)),
  ]
  return finish(reconcile({ inputs, mapping: omopMapping }, signal))
}

const clean = hasSynthea ? mapped(legacyTexts()) : null

test.skipIf(!hasSynthea)('27 legacy patients become OMOP tables with exact counts', async () => {
  const { result, target } = (await clean) ?? { result: null, target: new Map<string, string>() }
  const counts = Object.fromEntries(
    result?.tables.map(({ table, read, written, rejected }) => [table, [read, written, rejected]]) ?? [],
  )
  expect(counts).toEqual({
    patients: [27, 54, 0],
    encounters: [604, 604, 0],
    conditions: [438, 438, 0],
    medications: [663, 663, 0],
    procedures: [249, 249, 0],
    immunizations: [29, 29, 0],
    observations: [990, 990, 0],
    allergies: [40, 40, 0],
    devices: [3, 3, 0],
  })
  const rows = Object.fromEntries([...target].map(([table, text]) => [table, text.trimEnd().split('\n').length - 1]))
  expect(rows).toEqual({
    person: 27,
    location: 27,
    visit_occurrence: 604,
    condition_occurrence: 438,
    drug_exposure: 692,
    procedure_occurrence: 249,
    measurement: 599,
    observation: 431,
    device_exposure: 3,
  })
})

test.skipIf(!hasSynthea)('the clean pair gives no difference, and every record of 18 tables is accounted for', async () => {
  const result = await checked(legacyTexts(), (await clean)?.target ?? new Map())
  expect(result.findings.map(({ code, place }) => `${code} ${place}`)).toEqual([])
  expect([result.unaccounted, result.unexplained, result.ambiguous, result.patients, result.patientsOff]).toEqual([
    0, 0, 0, 27, 0,
  ])
  expect(result.tables.length).toBe(18)
  expect(result.tables.reduce((sum, { legacy }) => sum + legacy, 0)).toBe(10_950)
  expect(result.tables.find(({ table }) => table === 'patients')).toMatchObject({
    legacy: 27,
    arrived: 27,
    split: 27,
    target: 54,
  })
  expect(result.tables.find(({ table }) => table === 'claims_transactions')).toMatchObject({ legacy: 5228, filtered: 5228 })
  expect(result.totals.filter(({ equal }) => !equal)).toEqual([])
})

/** The cells of a CSV text without quotes inside cells: enough for planting. */
function edit(texts: Texts, table: string, change: (rows: string[][], header: readonly string[]) => void): Texts {
  const [head = '', ...lines] = (texts.get(table) ?? '').trimEnd().split('\n')
  const rows = lines.map((line) => line.split(','))
  change(rows, head.split(','))
  return new Map(texts).set(table, `${[head, ...rows.map((row) => row.join(','))].join('\n')}\n`)
}

interface Planted {
  readonly kind: string
  readonly code: string
  readonly table: string
  /** Words the explanation holds. */
  readonly says: RegExp
  /** 1 where it is not given. */
  readonly findings?: number
  readonly legacy?: (texts: Texts) => Texts
  readonly target?: (texts: Texts) => Texts
}

const cell = (table: string, column: string, row: number, value: (old: string) => string) => (texts: Texts) =>
  edit(texts, table, (rows, header) => {
    const cells = rows[row]
    const at = header.indexOf(column)
    if (!cells || at < 0) throw new Error(`${table} has no ${column} in row ${row}`)
    cells[at] = value(cells[at] ?? '')
  })
const swapDay = (text: string): string => `${text.slice(0, 5)}${text.slice(8, 10)}-${text.slice(5, 7)}`
/** A row whose day can pass for a month, and differs from it. */
const swappable = (texts: Texts): number =>
  (texts.get('condition_occurrence') ?? '')
    .split('\n')
    .slice(1)
    .findIndex((line) => /,\d{4}-0[1-9]-0[1-9],/.test(line) && !/-(0\d)-\1,/.test(line))
const words = (text: string) => (texts: Texts) =>
  edit(texts, 'observations', (rows) => {
    const row = rows.find((one) => one[8] === 'text')
    if (row) row[6] = text
  })

const planted: readonly Planted[] = [
  {
    kind: 'dropped record',
    code: 'data/item-lost',
    table: 'condition_occurrence',
    says: /^$/,
    target: (texts) => edit(texts, 'condition_occurrence', (rows) => rows.splice(5, 1)),
  },
  {
    kind: 'duplicated record',
    code: 'data/item-appeared',
    table: 'drug_exposure',
    says: /^$/,
    target: (texts) => edit(texts, 'drug_exposure', (rows) => rows.push([...(rows[3] ?? [])])),
  },
  {
    kind: 'wrong patient',
    code: 'data/wrong-patient',
    table: 'measurement',
    says: /^$/,
    target: (texts) =>
      edit(texts, 'measurement', (rows) => {
        const other = rows.find((row) => row[0] !== rows[7]?.[0])?.[0] ?? ''
        const row = rows[7]
        if (row) row[0] = other
      }),
  },
  {
    kind: 'swapped day and month',
    code: 'data/date-swapped',
    table: 'condition_occurrence',
    says: /Day and month/,
    target: (texts) => cell('condition_occurrence', 'condition_start_date', swappable(texts), swapDay)(texts),
  },
  {
    kind: 'lost leading zero',
    code: 'data/zeros-lost',
    table: 'location',
    says: /leading zeros/,
    target: (texts) =>
      edit(texts, 'location', (rows, header) => {
        const at = header.indexOf('zip')
        const row = rows.find((one) => one[at]?.startsWith('0'))
        if (row) row[at] = (row[at] ?? '').slice(1)
      }),
  },
  {
    kind: 'truncation',
    code: 'data/text-truncated',
    table: 'location',
    says: /ends after 5 of/,
    target: cell('location', 'address_1', 2, (text) => text.slice(0, 5)),
  },
  {
    kind: 'mojibake',
    code: 'data/text-damaged',
    table: 'location',
    says: /another encoding/,
    legacy: cell('patients', 'CITY', 0, () => 'Orléans'),
    target: cell('location', 'city', 0, () => 'OrlÃ©ans'),
  },
  {
    kind: 'unit flip',
    code: 'data/value-changed',
    // The number and the value as the source had it stand beside one unit.
    findings: 2,
    table: 'measurement',
    says: /became m/,
    target: cell('measurement', 'unit_source_value', 0, () => 'm'),
  },
  {
    kind: 'code to text',
    code: 'data/field-changed',
    table: 'condition_occurrence',
    says: /another/,
    target: cell('condition_occurrence', 'condition_source_value', 0, () => 'Acute viral pharyngitis (disorder)'),
  },
  {
    kind: 'null reason changed',
    code: 'data/null-reason-changed',
    table: 'observation',
    says: /reason/,
    legacy: words('not asked'),
    target: (texts) => new Map(texts).set('observation', (texts.get('observation') ?? '').replace('not asked', 'unknown')),
  },
  {
    kind: 'orphan',
    code: 'data/orphan-target',
    table: 'procedure_occurrence',
    says: /^$/,
    target: cell('procedure_occurrence', 'person_id', 4, () => '12345'),
  },
  {
    kind: 'value-map fold',
    code: 'data/field-changed',
    table: 'person',
    says: /Another code/,
    target: (texts) => new Map(texts).set('person', (texts.get('person') ?? '').replace(',8515,', ',8527,')),
  },
  {
    kind: 'comparator lost',
    code: 'data/comparator-lost',
    table: 'measurement',
    says: /before the number/,
    legacy: cell('observations', 'VALUE', 0, (text) => `<${text}`),
    target: (texts) => new Map(texts).set('measurement', (texts.get('measurement') ?? '').replace(',<127.9,', ',127.9,')),
  },
  {
    kind: 'merged-patient loss',
    code: 'data/patient-lost',
    table: 'person',
    says: /^$/,
    target: (texts) => edit(texts, 'person', (rows) => rows.splice(9, 1)),
  },
  {
    kind: 'spreadsheet date',
    code: 'data/date-became-number',
    table: 'condition_occurrence',
    says: /spreadsheet/,
    target: cell('condition_occurrence', 'condition_start_date', 0, () => '44953'),
  },
]

test.skipIf(!hasSynthea).each(planted)(
  '$kind is found, placed and explained',
  async ({ code, table, says, legacy, target, findings = 1 }) => {
    const changed = legacy ? legacy(texts(carriedTables)) : texts(carriedTables)
    const before = legacy ? (await mapped(changed)).target : ((await clean)?.target ?? new Map())
    const after = target ? target(before) : before
    expect(after.get(table)).not.toBe(before.get(table))
    const result = await checked(changed, after)
    const found = result.findings.filter((finding) => finding.code === code)
    expect(found.map(({ count }) => count)).toEqual(Array(findings).fill(1))
    const at = found[0]?.sample[0]?.at
    const inputs = [...changed.keys(), ...after.keys()]
    const place = at?.kind === 'cell' ? inputs[at.input] : ''
    expect(place === table || changed.has(place ?? '')).toBe(true)
    const facts = found[0]?.sample[0]?.evidence.facts ?? []
    if (says.source !== '^$') expect(facts.find(({ name }) => name === 'difference')?.value).toMatch(says)
    else expect(facts.length + Number(at?.kind === 'cell')).toBeGreaterThan(0)
  },
)

test.skipIf(!hasSynthea)('a shifted time zone is one cause behind all of its differences', async () => {
  const before = (await clean)?.target ?? new Map()
  const shifted = edit(before, 'measurement', (rows, header) => {
    const at = header.indexOf('measurement_datetime')
    for (const row of rows) {
      const moved = new Date(Date.parse(row[at] ?? '') + 3_600_000)
      row[at] = `${moved.toISOString().slice(0, 19)}Z`
    }
  })
  const { patterns, findings } = await checked(texts(carriedTables), shifted)
  expect(findings.find(({ code }) => code === 'data/time-shifted')?.count).toBe(599)
  expect(patterns).toEqual([
    {
      field: 'observations.DATE → measurement.measurement_datetime',
      kind: 'hour-shift',
      words: 'Every time is later by 1 hours.',
      count: 599,
      of: 599,
    },
  ])
})
