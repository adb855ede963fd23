/** Links of written records: each leads to a written record, and what can not is rejected with the reason or named. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Mapping, readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'
import { runMapping } from '../mapped.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by\n'

function mappingOf(lines: readonly string[]): Mapping {
  const { mapping, problems } = readMapping(
    new Map([['mapping/fields.csv', bytes(head + lines.map((line) => `${line}\n`).join(''))]]),
  )
  expect(problems).toEqual([])
  return mapping
}

const run = (tables: Readonly<Record<string, string>>, mapping: Mapping) =>
  runMapping({
    mapping,
    inputs: Object.entries(tables).map(([table, text]) => ({
      source: bytesSource(`${table}.csv`, bytes(text)),
      side: 'legacy',
      format: null,
      table,
      reading: { headerRows: 1, delimiter: ',' },
    })),
  })

/** Cells of an output file, its head left out. */
const rowsOf = (files: ReadonlyMap<string, string>, path: string): string[][] =>
  (files.get(path) ?? '')
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(','))

// Staff name their chief, who is of the same table; tasks name staff. Staff without a name are rejected, guests left out.
const staffAndTasks = [
  'staff,id,copy,role=key,person.id,,confirmed,,A',
  'staff,name,copy,,person.name,yes,confirmed,,A',
  'staff,chief,reference,table=staff,person.chief,,confirmed,,A',
  'staff,kind,filter,not-in=guest,person,,confirmed,Guests are not carried,A',
  'tasks,nr,copy,role=key,task.nr,,confirmed,,A',
  'tasks,who,reference,table=staff,task.person,,confirmed,,A',
]

const ids = fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f', 'x')
const person = fc.record({
  name: fc.constantFrom('Ada', 'Bea', 'Cleo', ''),
  chief: ids,
  kind: fc.constantFrom('own', 'own', 'own', 'guest'),
})

/** What becomes of the staff, by asking again until nothing changes. */
function fatesOf(
  staff: readonly { readonly id: string; readonly name: string; readonly chief: string; readonly kind: string }[],
) {
  const fates = new Map(
    staff.map(({ id, name, kind }) => [id, kind === 'guest' ? 'filtered' : name === '' ? 'rejected' : 'written']),
  )
  for (let changed = true; changed; ) {
    changed = false
    for (const { id, chief } of staff) {
      if (fates.get(id) !== 'written' || chief === '' || fates.get(chief) === 'written') continue
      fates.set(id, 'rejected')
      changed = true
    }
  }
  return fates
}

test('in any hierarchy no written link leads to a row that was not written, and nothing else is rejected', async () => {
  const mapping = mappingOf(staffAndTasks)
  await fc.assert(
    fc.asyncProperty(fc.array(person, { maxLength: 6 }), fc.array(ids, { maxLength: 5 }), async (people, tasks) => {
      const staff = people.map((one, i) => ({ id: 'abcdef'.charAt(i), ...one }))
      const { result, files } = await run(
        {
          tasks: `nr,who\n${tasks.map((who, i) => `${i + 1},${who}\n`).join('')}`,
          staff: `id,name,chief,kind\n${staff.map(({ id, name, chief, kind }) => `${id},${name},${chief},${kind}\n`).join('')}`,
        },
        mapping,
      )
      const fates = fatesOf(staff)
      expect(rowsOf(files, 'person.csv').map(([id]) => id)).toEqual(
        staff.map(({ id }) => id).filter((id) => fates.get(id) === 'written'),
      )
      expect(rowsOf(files, 'task.csv').map(([nr]) => Number(nr) - 1)).toEqual(
        tasks.flatMap((who, i) => (who === '' || fates.get(who) === 'written' ? [i] : [])),
      )
      for (const { table, read, written, filtered, rejected } of result.tables)
        expect([table, read]).toEqual([table, written + filtered + rejected])
    }),
    { numRuns: 60 },
  )
})

test('the reason says whether the row is rejected, left out or not there', async () => {
  const { result, files } = await run(
    { staff: 'id,name,chief,kind\na,,,own\nb,Bea,,guest\nc,Cleo,,own\n', tasks: 'nr,who\n1,a\n2,b\n3,z\n4,c\n' },
    mappingOf(staffAndTasks),
  )
  expect(rowsOf(files, 'task.csv').map(([nr]) => nr)).toEqual(['4'])
  expect(result.reasons.filter(({ table }) => table === 'tasks').map(({ why }) => why)).toEqual([
    'no row of staff has this key',
    'the row of staff it belongs to is left out',
    'the row of staff it belongs to is rejected',
  ])
})

test('missing=keep writes a link to no row, counts it, and never one to a rejected row', async () => {
  const lines = staffAndTasks.map((line) => line.replace('who,reference,table=staff', 'who,reference,table=staff; missing=keep'))
  const { result, files } = await run(
    { staff: 'id,name,chief,kind\na,,,own\nb,Bea,,guest\n', tasks: 'nr,who\n1,a\n2,b\n3,z\n' },
    mappingOf(lines),
  )
  expect(rowsOf(files, 'task.csv').map(([nr]) => nr)).toEqual(['2', '3'])
  expect(result.notEvaluated.filter(({ what }) => what === 'Links to staff').map(({ why }) => why)).toEqual([
    '1 link is written all the same: no row of staff has this key, and the field map says missing=keep',
    '1 link is written all the same: the row of staff it belongs to is left out, and the field map says missing=keep',
  ])
})

test('links to a table that is not mapped in the run are written and named', async () => {
  const { result, files } = await run({ tasks: 'nr,who\n1,a\n2,b\n3,\n' }, mappingOf(staffAndTasks))
  expect(rowsOf(files, 'task.csv')).toHaveLength(3)
  expect(result.notEvaluated).toContainEqual({
    what: 'Links to staff',
    why: '2 links are written all the same: staff was not mapped in this run, so it must be in the target already',
  })
})
