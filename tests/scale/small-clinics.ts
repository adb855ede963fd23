/** Both sides of a small clinic from a seed: people and visits that arrived, were lost, doubled, moved or changed. */
import { readMapping } from '../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../src/core/data/crosswalk/plan/sides.ts'
import type { Explanation, ReconcileInput } from '../../src/core/data/reconcile/account/result.ts'
import { bytesSource } from '../../src/core/operation.ts'
import { counterRandom } from './counter-random.ts'

const encoder = new TextEncoder()

const { mapping } = readMapping(
  new Map([
    [
      'mapping/fields.csv',
      encoder.encode(`legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,MRN,copy,role=key,person.mrn,yes,confirmed,,
patients,NAME,trim,,person.name,,confirmed,,
patients,BORN,date,format=%Y-%m-%d,person.born,,confirmed,,
visits,ID,copy,role=key,visit.id,yes,confirmed,,
visits,MRN,reference,table=patients,visit.mrn,yes,confirmed,,
visits,WHERE,copy,,visit.place,,confirmed,,
visits,STATE,filter,"in=""done|open""",,,confirmed,cancelled visits stay behind,A. Reader
notes,MRN,reference,table=patients,note.mrn,yes,confirmed,,
notes,TEXT,copy,,note.text,,confirmed,,
notes,AT,date,format=%Y-%m-%d;role=onset,note.at,,confirmed,,
rooms,ID,copy,role=key,room.id,yes,confirmed,,
rooms,NAME,copy,,room.name,,confirmed,,
`),
    ],
  ]),
)

const explained: readonly Explanation[] = [
  ...(['P3', 'P5'] as const).map(
    (record): Explanation => ({
      ...{ side: 'legacy', table: 'patients', record, state: 'merged', into: 'P1' },
      ...{ reason: 'registered twice', by: 'A. Reader' },
    }),
  ),
  { side: 'legacy', table: '*', record: 'patient:P4', state: 'rejected', into: '', reason: 'a test patient', by: 'A. Reader' },
]

export function smallClinic(seed: number, people: number): ReconcileInput {
  const draw = counterRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T
  const newline = pick(['\n', '\r\n'])
  const mark = pick(['', '\uFEFF'])
  const patients = [['MRN', 'NAME', 'BORN']]
  const visits = [['ID', 'MRN', 'WHERE', 'STATE']]
  const notes = [['MRN', 'TEXT', 'AT']]
  const extra = [['X', 'Y']]
  const person = [['mrn', 'name', 'born']]
  const visit = [['id', 'mrn', 'place']]
  const note = [['mrn', 'text', 'at']]
  for (let i = 0; i < people; i++) {
    const [key, born] = [`P${i}`, `1970-01-${10 + draw(18)}`]
    const fate = pick(['kept', 'kept', 'kept', 'kept', 'lost', 'doubled', 'renamed', 'new', 'padded'])
    const name = pick(['Ada', 'Grace', 'Émilie', 'Ada ', '', 'two\nlines', 'say "so"', 'a,b'])
    if (fate !== 'new') patients.push([fate === 'padded' ? `0${key}` : key, name, born])
    if (fate !== 'lost') person.push([key, fate === 'renamed' ? 'Someone' : name.trim(), born])
    if (fate === 'doubled') person.push([key, name, born])
    for (let n = draw(4); n > 0; n--) {
      const how = pick(['kept', 'kept', 'kept', 'lost', 'moved', 'changed', 'cancelled', 'twice'])
      const state = how === 'cancelled' ? 'cancelled' : pick(['done', 'open'])
      const own = [`${key}-${n}`, fate === 'padded' ? `0${key}` : key, `room ${n}`, state]
      if (fate !== 'new') visits.push(own)
      if (how === 'twice') visits.push(own)
      if (how !== 'lost' && how !== 'cancelled')
        visit.push([`${key}-${n}`, how === 'moved' ? `P${draw(people)}` : key, how === 'changed' ? '' : `room ${n}`])
    }
    for (let n = draw(3); n > 0; n--) {
      const at = `2020-0${1 + draw(9)}-1${draw(10)}`
      notes.push([draw(20) === 0 ? '' : key, `seen ${n}`, at])
      const how = draw(8)
      if (how > 0) note.push([how === 1 ? `P${draw(people)}` : how === 2 ? 'Q9' : key, `seen ${n}`, at])
    }
    extra.push([`x${i}`, 'y'])
  }
  const rooms = Array.from({ length: 30 }, (_, i) => [`R${i}`, `room ${i}`])
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  // Half of the clinics have files with what stands between records: such stretches may not fit together.
  const isNoisy = draw(2) === 0
  const noise = (): string =>
    isNoisy && draw(25) === 0 ? pick(['', 'a,b', 'x,"y,z', '"un"closed,1', ',,,', 'Total', '(3 rows affected)']) + newline : ''
  const source = (side: 'legacy' | 'target', table: string, rows: readonly (readonly string[])[]): PairSource => ({
    ...{ side, table, format: null },
    source: bytesSource(
      `${table}.csv`,
      encoder.encode(mark + rows.map((row, i) => (i === 0 ? '' : noise()) + row.map(quoted).join(',') + newline).join('')),
    ),
    reading: { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 },
  })
  const inputs = [
    source('legacy', 'patients', patients),
    source('legacy', 'visits', visits),
    source('legacy', 'notes', notes),
    source('legacy', 'rooms', [['ID', 'NAME'], ...rooms, ...rooms.slice(0, 2)]),
    source('legacy', 'extra', extra),
    source('target', 'person', person),
    source('target', 'visit', visit),
    source('target', 'note', note),
    source('target', 'room', [['id', 'name'], ...rooms.slice(1), ...rooms.slice(4, 6)]),
  ]
  return { inputs, mapping, explained: draw(2) === 0 ? explained : [], seed: String(seed), maxRows: 1 + draw(5) }
}
