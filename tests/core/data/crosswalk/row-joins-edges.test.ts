/** Where joined rows could lose something: each case was once lost in silence. */
import { expect, test } from 'vitest'
import { editMapping } from '../../../../src/core/data/crosswalk/edit.ts'
import { type Mapping, readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { planPairing } from '../../../../src/core/data/crosswalk/plan/plan.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { JoinCounts, type JoinedRow, rowJoiner } from '../../../../src/core/data/crosswalk/records/row-joiner.ts'
import { bindLines } from '../../../../src/core/data/crosswalk/records/row-maker.ts'
import type { Explanation } from '../../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { pairRecords } from '../../../../src/core/review/pair/pair.ts'
import { runMapping } from './mapped.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The usual field map of one reading in several rows, with further lines. */
function mappingOf(...more: readonly string[]): Mapping {
  const head = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,PAT,copy,role=key,people.patient,yes,confirmed,,data team
obs,PAT,reference,table=patients,vitals.patient,yes,confirmed,,data team
obs,READING,copy,role=key,vitals.reading,yes,confirmed,,data team
obs,VALUE,copy,"when=""ITEM=SYS""",vitals.systolic,,confirmed,,data team
obs,VALUE,copy,"when=""ITEM=DIA""",vitals.diastolic,,confirmed,,data team
obs,PAT + READING,group,,,,confirmed,One reading is one record,data team
`
  return readMapping(new Map([['mapping/fields.csv', bytes(head + more.map((line) => `${line}\n`).join(''))]])).mapping
}

const table = (side: 'legacy' | 'target', name: string, text: string): PairSource => ({
  ...{ side, table: name, format: 'csv', reading: {} },
  source: bytesSource(`${name}.csv`, bytes(text)),
})

const legacyOf = (header: string, ...rows: readonly string[]): PairSource[] => [
  table('legacy', 'patients', 'PAT\nP1\nP2\n'),
  table('legacy', 'obs', [header, ...rows, ''].join('\n')),
]

async function both(mapping: Mapping, legacy: readonly PairSource[], explained: readonly Explanation[] = []) {
  const { result, files } = await runMapping({ inputs: legacy, mapping })
  const made = [...files].flatMap(([path, text]) =>
    /^[^/]+\.csv$/.test(path) ? [table('target', path.replace('.csv', ''), text)] : [],
  )
  const checked = await finish(reconcile({ inputs: [...legacy, ...made], mapping, explained }, signal))
  return {
    files,
    mapped: result.tables.find((one) => one.table === 'obs'),
    reasons: result.reasons.map(({ why }) => why),
    balance: checked.tables.find((one) => one.table === 'obs'),
    findings: checked.findings.map(({ code }) => code),
  }
}

const rowsOf = (text: string | undefined): string[] => (text ?? '').trim().split(/\r?\n/).slice(1)

test('a constant that holds for certain rows is there whatever row comes first', async () => {
  const mapping = mappingOf('obs,,constant,"value=mmHg; when=""ITEM=DIA""",vitals.unit,yes,confirmed,,data team')
  for (const rows of [
    ['P1,R1,SYS,120', 'P1,R1,DIA,80'],
    ['P1,R1,DIA,80', 'P1,R1,SYS,120'],
  ]) {
    const { files, balance, findings } = await both(mapping, legacyOf('PAT,READING,ITEM,VALUE', ...rows))
    expect(rowsOf(files.get('vitals.csv'))).toEqual(['P1,R1,120,80,mmHg'])
    expect(balance).toMatchObject({ arrived: 1, merged: 1, unaccounted: 0 })
    expect(findings).toEqual([])
  }
  // Required where the line holds, and only there.
  const { mapped } = await both(mapping, legacyOf('PAT,READING,ITEM,VALUE', 'P1,R1,SYS,120'))
  expect(mapped).toMatchObject({ written: 1, rejected: 0 })
})

test('a filled cell that no line carries for its row rejects the row and leaves it unaccounted', async () => {
  const mapping = mappingOf('obs,UNIT,copy,"when=""ITEM=WEIGHT""",vitals.unit,,confirmed,,data team')
  const { mapped, balance, reasons } = await both(
    mapping,
    legacyOf('PAT,READING,ITEM,VALUE,UNIT', 'P1,R1,WEIGHT,81,kg', 'P1,R2,SYS,120,'),
  )
  expect(mapped).toMatchObject({ read: 2, written: 1, rejected: 1 })
  expect(reasons).toEqual(['no line of the field map holds for such a row'])
  expect(balance).toMatchObject({ legacy: 2, arrived: 1, unaccounted: 1 })
})

test('a row that another target takes is not left out of the first without a reason', async () => {
  const mapping = mappingOf(
    'obs,PAT,reference,table=patients,notes.patient,yes,confirmed,,data team',
    'obs,READING,copy,role=key,notes.reading,yes,confirmed,,data team',
    'obs,NOTE,copy,,notes.text,,confirmed,,data team',
  )
  const { mapped, balance } = await both(
    mapping,
    legacyOf('PAT,READING,ITEM,VALUE,NOTE', 'P1,R1,SYS,120,calm', 'P1,R2,PULSE,60,tense'),
  )
  expect(mapped).toMatchObject({ read: 2, rejected: 1 })
  expect(balance).toMatchObject({ legacy: 2, unaccounted: 1 })
})

test('rows that name different visits contradict each other, though their values agree', async () => {
  const mapping = mappingOf('obs,ENC,reference,table=visits; missing=keep,vitals.visit,,confirmed,,data team')
  const { mapped, balance } = await both(mapping, legacyOf('PAT,READING,ITEM,VALUE,ENC', 'P1,R1,SYS,120,E1', 'P1,R1,SYS,120,E2'))
  expect(mapped).toMatchObject({ read: 2, written: 0, rejected: 2 })
  expect(balance).toMatchObject({ legacy: 2, arrived: 0, merged: 0, unaccounted: 2 })
})

test('two lines that put different values at one place are told', async () => {
  const lines = mappingOf().fields.map((line) =>
    line.target === 'vitals.diastolic' ? { ...line, target: 'vitals.systolic' } : line,
  )
  const { mapped, reasons } = await both(
    { fields: lines, values: new Map() },
    legacyOf('PAT,READING,ITEM,VALUE', 'P1,R1,SYS,120', 'P1,R1,DIA,80'),
  )
  expect(mapped).toMatchObject({ written: 0, rejected: 2 })
  expect(reasons).toEqual(['systolic is filled by another line already'])
})

test('each of the joined rows has its own explanation', async () => {
  const legacy = legacyOf('PAT,READING,ITEM,VALUE', 'P1,R1,SYS,120', 'P1,R1,DIA,80')
  const rejected = (record: number): Explanation => ({
    ...{ side: 'legacy', table: 'obs', state: 'rejected', into: '', reason: 'a test', by: 'data team' },
    record: `record:${record}`,
  })
  const target = [
    table('target', 'people', 'patient\nP1\nP2\n'),
    table('target', 'vitals', 'patient,reading,systolic,diastolic\n'),
  ]
  const one = await finish(reconcile({ inputs: [...legacy, ...target], mapping: mappingOf(), explained: [rejected(2)] }, signal))
  expect(one.tables.find((each) => each.table === 'obs')).toMatchObject({ rejected: 1, unaccounted: 1 })
  const all = await finish(
    reconcile({ inputs: [...legacy, ...target], mapping: mappingOf(), explained: [rejected(1), rejected(2)] }, signal),
  )
  expect(all.tables.find((each) => each.table === 'obs')).toMatchObject({ rejected: 2, unaccounted: 0 })
})

test('one key under two records is still told', async () => {
  const lines = mappingOf().fields.map((line) => (line.rule === 'group' ? { ...line, fields: ['VISIT'] } : line))
  const { findings } = await both(
    { fields: lines, values: new Map() },
    legacyOf('PAT,READING,VISIT,ITEM,VALUE', 'P1,R1,V1,SYS,120', 'P1,R1,V1,DIA,80', 'P1,R1,V2,SYS,130'),
  )
  expect(findings.filter((code) => code === 'data/key-repeated').length).toBeGreaterThan(0)
})

test('who reads the record sees the row that no line takes as lost', async () => {
  const legacy = legacyOf('PAT,READING,ITEM,VALUE', 'P1,R1,SYS,120', 'P1,R1,PULSE,60')
  const target = [
    table('target', 'people', 'patient\nP1\nP2\n'),
    table('target', 'vitals', 'patient,reading,systolic,diastolic\nP1,R1,120,\n'),
  ]
  const [pair] = await finish(
    pairRecords({ inputs: [...legacy, ...target], mapping: mappingOf(), asOf: '2026-07-01', keys: ['P1'] }, signal),
  )
  const classes = (pair?.domains ?? []).flatMap(({ items }) => items.map(({ cls }) => cls))
  expect(classes.filter((cls) => cls === 'lost').length).toBe(1)
})

test('a record that had to be refused is refused whole, and the others go on', () => {
  const [, bound] = [...planPairing(mappingOf()).bySource.values()]
  const lines = (bound ?? []).map((one) => bindLines(one, ['PAT', 'READING', 'ITEM', 'VALUE']))
  const rows = ['P1,R1,SYS,1', 'P1,R2,SYS,2', 'P1,R3,SYS,3', 'P1,R1,DIA,1', 'P1,R3,DIA,3', 'P1,R2,DIA,2'].map((text, i) => ({
    ...{ kind: 'row' as const, record: i + 1, line: i + 2, byte: i * 10, length: 10 },
    cells: text.split(','),
  }))
  const counts = new JoinCounts()
  for (const reading of ['R1', 'R2', 'R3']) for (const _ of [1, 2]) counts.add(`2:P12:${reading}`)
  const done: JoinedRow[] = []
  const joiner = rowJoiner(lines, new Set(), counts, 2)
  for (const row of rows) joiner.add(row, (one) => done.push(one))
  joiner.end((one) => done.push(one))
  expect(done.filter(({ refused }) => refused === null).map(({ rows: own }) => own.map(({ record }) => record))).toEqual([
    [1, 4],
    [2, 6],
  ])
  expect(done.filter(({ refused }) => refused !== null).flatMap(({ rows: own }) => own.map(({ record }) => record))).toEqual([
    3, 5,
  ])
})

test('a rule of rows keeps its reason, and is not confirmed without one', () => {
  const mapping = mappingOf()
  const at = mapping.fields.findIndex(({ rule }) => rule === 'group')
  const reopened = editMapping(mapping, { kind: 'reopen-line', at })
  if (!reopened.ok) throw new Error(reopened.why)
  expect(reopened.mapping.fields[at]).toMatchObject({ status: 'suggested', reason: 'One reading is one record' })
  expect(editMapping(reopened.mapping, { kind: 'confirm-line', at, by: 'data team' })).toMatchObject({ ok: true })
  const bare = { ...mapping, fields: mapping.fields.map((line) => ({ ...line, reason: '' })) }
  expect(editMapping(bare, { kind: 'confirm-line', at, by: 'data team' })).toMatchObject({ ok: false })
})
