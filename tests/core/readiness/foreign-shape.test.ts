/** A project of other shapes, without allergies, medicines or a schema: what was not compared or declared is not judged. */
import { expect, test } from 'vitest'
import { sha256Hex, utf8 } from '../../../src/core/canonical.ts'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { JsonObject } from '../../../src/core/data/model/record.ts'
import type { SourceEntry } from '../../../src/core/data/model/source.ts'
import { validate } from '../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { summariseRun } from '../../../src/core/project/runs/run-summary.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { statementDigest, statementWithdrawn } from '../../../src/core/readiness/evidence/claim.ts'
import { pairSearchPath, withPairSearch } from '../../../src/core/readiness/kept-files/pair-search.ts'
import { pairAll } from '../../../src/core/review/pair/pair.ts'
import { defaultPolicy } from '../../../src/core/workflow/map/policy.ts'
import { asOf, project as base, ranAgain, verified } from './example-project.ts'

const numbers = Array.from({ length: 12 }, (_, n) => n + 1)
const rows = (line: (n: number) => string, last = 12): string =>
  numbers
    .slice(0, last)
    .map((n) => `${line(n)}\n`)
    .join('')

type Given = readonly (readonly [side: 'legacy' | 'target', table: string, text: string])[]

/** @param arrived how many persons arrived @param withSecond whether the target holds one person more under a number of its own */
function files(arrived: number, withSecond: boolean): Given {
  return [
    ['legacy', 'patients', `NR,BORN,SEX\n${rows((n) => `L${n},19${50 + n}-03-04,F`)}`],
    ['legacy', 'labs', `ID,NR,TEST,RESULT,UNIT\n${rows((n) => `R${n},L${n},718-7,${n + 10},g/dL`)}`],
    [
      'target',
      'person',
      `person_id,person_source_value,birth_datetime\n${rows((n) => `${n},L${n},19${50 + n}-03-04`, arrived)}${withSecond ? '99,L1X,1951-03-04\n' : ''}`,
    ],
    [
      'target',
      'measurement',
      `measurement_id,person_id,measurement_source_value,value_source_value,unit_source_value\n${rows((n) => `R${n},${n},718-7,${n + 10},g/dL`, arrived)}`,
    ],
  ]
}

const lines = [
  'patients,NR,copy,role=key,person.person_source_value',
  'patients,BORN,copy,,person.birth_datetime',
  'labs,ID,copy,role=key,measurement.measurement_id',
  'labs,NR,reference,table=patients,measurement.person_id',
  'labs,TEST,copy,,measurement.measurement_source_value',
  'labs,RESULT,copy,,measurement.value_source_value',
  'labs,UNIT,copy,,measurement.unit_source_value',
].map((line) => `${line},,confirmed,,lead`)
const mapped = `legacy_source,legacy_field,rule,params,target,required,status,reason,by\n${lines.join('\n')}\n`

async function boardOf(
  arrived: number,
  withSecond: boolean,
  schema: Readonly<Record<string, JsonObject>> = {},
  then = (held: Project) => held,
  more: Given = [],
  moreLines = '',
) {
  const given = [...files(arrived, withSecond), ...more]
  const fields = `${mapped}${moreLines}`
  const sources = given.map(
    ([side, table, text]): SourceEntry => ({
      ...{ id: table, name: `${table}.csv`, side, format: 'csv', table, bytes: text.length, records: null, reading: {} },
      sha256: `sha256:${sha256Hex(utf8(text))}`,
      schema: schema[table] === undefined ? null : `schemas/${table}.json`,
    }),
  )
  const mapping = new Map([['mapping/fields.csv', fields]])
  const schemas = new Map(Object.entries(schema).map(([table, one]) => [`schemas/${table}.json`, one]))
  const project: Project = { ...base, sources, mapping, schemas, runs: [] }
  const inputs = given.map(([side, table, text]) => ({
    ...{ source: bytesSource(`${table}.csv`, utf8(text)), side, format: 'csv' as const, table, reading: {} },
    schema: schema[table] ?? null,
  }))
  const signal = new AbortController().signal
  const read = readMapping(new Map([['mapping/fields.csv', utf8(fields)]])).mapping
  const run = summariseRun({
    ...{ project, started: '2026-07-14T09:00:00+02:00', tool: 'carryover', seed: '1', partial: false, workflows: [] },
    validation: await finish(validate({ inputs }, signal)),
    pairing: await finish(pairAll({ inputs, mapping: read, asOf: '2026-07-14' }, signal)),
    policy: defaultPolicy,
  })
  const judged = assess(then(ranAgain(project, run)), asOf, null, criteria, verified).phases.flatMap((phase) => phase.criteria)
  return (code: string) => {
    const line = judged.find(({ criterion }) => criterion.code === `readiness/${code}`)
    return [line?.state, line?.measure?.value ?? null, line?.measure?.words.split(':')[0]]
  }
}

const none = ['missing', null, 'Not judged']

test('without allergies, medicines and schemas these lines are not judged, and a lost patient is told beside them', async () => {
  const line = await boardOf(11, true)
  expect(line('allergies-reconciled')).toEqual(none)
  expect(line('medicines-reconciled')).toEqual(none)
  for (const code of ['value-lists', 'required-fields', 'orphan-references']) expect(line(code)).toEqual(none)
  // The person under a number of its own stands on the target side alone.
  expect(line('duplicates')).toEqual(['unknown', null, 'Not judged'])
  expect(line('entries-reconciled').slice(0, 2)).toEqual(['failed', 1])
})

test('what is compared and declared is proven', async () => {
  const person = {
    fields: [{ name: 'person_id', constraints: { required: true } }, { name: 'person_source_value' }, { name: 'birth_datetime' }],
  }
  const line = await boardOf(12, false, { person })
  expect(line('required-fields').slice(0, 2)).toEqual(['proven', 0])
  expect(line('value-lists')).toEqual(none)
  expect(line('entries-reconciled').slice(0, 2)).toEqual(['proven', 0])
  // Everybody is matched by number; one person under two numbers is found by a pair search, and nobody made one.
  expect(line('duplicates')).toEqual(none)
})

const by = { device: 'd-pairs', wall: '2026-07-14T11:00:00+02:00', actor: 'dana-reed' }
const searched =
  (groups: number, hand = by) =>
  (held: Project) => {
    const person = held.sources.find(({ table }) => table === 'person')
    return person ? withPairSearch(held, person, { records: 12, pairs: 60, groups }, hand) : held
  }

test('duplicates are proven by a pair search of these very files, and by nobody less', async () => {
  expect((await boardOf(12, false, {}, searched(0)))('duplicates').slice(0, 2)).toEqual(['proven', 0])
  expect((await boardOf(12, false, {}, searched(2)))('duplicates').slice(0, 2)).toEqual(['failed', 2])
  const changed = (held: Project) => {
    const after = searched(0)(held)
    return {
      ...after,
      other: new Map([...after.other].map(([path, bytes]) => [path, path === pairSearchPath ? edited(bytes) : bytes])),
    }
  }
  const nobody = await boardOf(12, false, {}, searched(0, { ...by, actor: 'unnamed' }))
  for (const line of [nobody, await boardOf(12, false, {}, changed)]) expect(line('duplicates')).toEqual(none)
})

const edited = (bytes: Uint8Array) => utf8(new TextDecoder().decode(bytes).replace('"pairs": 60', '"pairs": 61'))

const noMedicines = (held: Project): Project => {
  const statement = {
    ...{ id: 's1', criterion: 'readiness/medicines-reconciled', text: 'No medicines', by: 'Dana Reed', role: 'owner' },
    ...{ reason: 'A laboratory', at: '2026-07-14T12:00:00+02:00', expires: '2026-08-01' },
  }
  const entry = { action: 'statement', object: statement.criterion, digest: statementDigest(statement) }
  return record({ ...held, board: { ...held.board, statements: [statement] } }, [entry], by)
}
const takenBack = (held: Project): Project =>
  record(noMedicines(held), [{ action: statementWithdrawn, object: 'readiness/medicines-reconciled', digest: null }], by)
const afterANewFile = (held: Project): Project => {
  const [first] = held.sources
  return noMedicines(first ? { ...held, sources: [...held.sources, { ...first, id: 'rx', name: 'rx.csv' }] } : held)
}

test('a named person may say that a clinic has no medicines, as long as the data hold none and are the same', async () => {
  expect((await boardOf(12, false, {}, noMedicines))('medicines-reconciled')[0]).toBe('claimed')
  expect((await boardOf(12, false, {}, takenBack))('medicines-reconciled')).toEqual(none)
  expect((await boardOf(12, false, {}, afterANewFile))('medicines-reconciled')).toEqual(none)
})

test('who says that there are no medicines answers for every table that may hold some', async () => {
  const text = `ID,NR,DRUG,DOSE\n${rows((n) => `M${n},L${n},Amoxicillin,500 mg`)}`
  const left = (table: string) => `${table},*,,,,,not-carried,an index of letters,lead\n`
  const stateOf = async (side: 'legacy' | 'target', table: string, lines = '') => {
    const line = await boardOf(12, false, {}, noMedicines, [[side, table, text]], lines)
    return line('medicines-reconciled')[0]
  }
  // A table whose name says nothing counts until the field map speaks of it; one that is named for medicines always does.
  expect(await stateOf('legacy', 't47')).toBe('unknown')
  expect(await stateOf('legacy', 't47', left('t47'))).toBe('claimed')
  expect(await stateOf('legacy', 'prescriptions', left('prescriptions'))).toBe('unknown')
  expect(await stateOf('target', 'drug_exposure')).toBe('unknown')
  expect(await stateOf('target', 'lookup')).toBe('claimed')
})
