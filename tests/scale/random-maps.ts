/** Small clinics and their field maps from a seed, cut anywhere, tasks in any order: files and account are those of one alone. */
import { expect } from 'vitest'
import { readMapping } from '../../src/core/data/crosswalk/mapping/mapping.ts'
import type { MapInput } from '../../src/core/data/crosswalk/plan/crosswalk.ts'
import type { PairSource } from '../../src/core/data/crosswalk/plan/sides.ts'
import { mapRecords } from '../../src/core/data/crosswalk/records/map-records.ts'
import { bytesSource } from '../../src/core/operation.ts'
import { counterRandom, shuffled } from './counter-random.ts'
import { type MappedFiles, mapInTasks, mappedFiles } from './in-tasks.ts'

const encoder = new TextEncoder()

const fields = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,MRN,copy,role=key,Patient.identifier.value,yes,confirmed,,
patients,NAME,trim,,Patient.name.text,,confirmed,,
patients,BORN,date,format=%Y-%m-%d,Patient.birthDate,yes,confirmed,,
patients,STATE,filter,"in=""in use|old""",,,confirmed,test patients stay behind,A. Reader
visits,ID,copy,role=key,visit.id,yes,confirmed,,
visits,MRN,reference,table=patients,visit.mrn,yes,confirmed,,
visits,WHERE,copy,,visit.place,,confirmed,,
notes,MRN,reference,table=patients,note.mrn,yes,confirmed,,
notes,VISIT,reference,table=visits;missing=keep,note.visit,,confirmed,,
notes,TEXT,copy,,note.text,yes,confirmed,,
wards,ID,copy,role=key,ward.id,yes,confirmed,,
wards,PART,reference,table=wards,ward.part,,confirmed,,
wards,HEAD,reference,table=staff,ward.head,,confirmed,,
panels,ID,copy,role=key,panel.id,yes,confirmed,,
panels,ID + MRN,group,,,,confirmed,one record per panel,A. Reader
panels,MRN,reference,table=patients,panel.mrn,yes,confirmed,,
panels,VALUE,copy,"when=""ITEM=HB""",panel.hb,,confirmed,,
panels,VALUE,copy,"when=""ITEM=NA""",panel.na,,confirmed,,
rooms,*,,,,,not-carried,rooms are set up by hand,A. Reader
`

const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', encoder.encode(fields)]]))

export function smallMap(seed: number, people: number): MapInput {
  const draw = counterRandom(seed + 77)
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T
  const newline = pick(['\n', '\r\n'])
  const mark = pick(['', '\uFEFF'])
  const isNoisy = draw(2) === 0
  const tables = new Map<string, string[][]>([
    ['notes', [['MRN', 'VISIT', 'TEXT']]],
    ['visits', [['ID', 'MRN', 'WHERE']]],
    ['wards', [['ID', 'PART', 'HEAD']]],
    ['panels', [['ID', 'MRN', 'ITEM', 'VALUE']]],
    ['patients', [['MRN', 'NAME', 'BORN', 'STATE']]],
    ['rooms', [['ID'], ['R1']]],
    ['extra', [['X'], ['1']]],
  ])
  const add = (table: string, row: string[]): void => void tables.get(table)?.push(row)
  for (let i = 0; i < people; i++) {
    const key = `P${draw(30) === 0 ? draw(people) : i}`
    const name = pick(['Ada', 'Grace', 'Émilie', ' Ada ', '', 'two\nlines', 'say "so"', 'a,b'])
    const born = pick(['1970-01-10', '1971-02-30', '', '1980-12-01', '1990-05-05', '1991-05-05'])
    add('patients', [key, name, born, pick(['in use', 'in use', 'old', 'test'])])
    for (let n = draw(3); n > 0; n--)
      add('visits', [`${key}-${n}`, draw(12) === 0 ? 'nobody' : key, pick(['', 'room 1', 'a "b"'])])
    for (let n = draw(4); n > 0; n--) add('notes', [draw(15) === 0 ? '' : key, `${key}-${n}`, pick(['seen', '', 'say\nso'])])
    add('wards', [`W${i}`, draw(3) === 0 ? '' : `W${draw(people + 2)}`, draw(4) === 0 ? `S${draw(3)}` : ''])
    for (let n = draw(3); n > 0; n--) {
      add('panels', [`L${key}-${n}`, key, 'HB', String(draw(20))])
      if (draw(6) > 0) add('panels', [`L${key}-${n}`, key, pick(['NA', 'NA', 'HB', 'K']), String(draw(20))])
    }
  }
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const noise = (): string =>
    isNoisy && draw(25) === 0 ? pick(['', 'a,b', 'x,"y,z', '"un"closed,1', ',,,', 'Total', '(3 rows affected)']) + newline : ''
  const source = (table: string, rows: readonly (readonly string[])[], name = `${table}.csv`): PairSource => {
    const text = mark + rows.map((row, i) => (i === 0 ? '' : noise()) + row.map(quoted).join(',') + newline).join('')
    const isOpen = draw(3) === 0 && text.endsWith(newline)
    return {
      ...{ side: 'legacy', table, format: null },
      source: bytesSource(name, encoder.encode(isOpen ? text.slice(0, -newline.length) : text)),
      reading: { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 },
    }
  }
  const inputs = [...tables].flatMap(([table, rows]) => {
    const half = rows.length >> 1
    // A table in two files: the first half, then the second under a header of its own.
    if (table !== 'rooms' && half > 3 && draw(5) === 0)
      return [source(table, rows.slice(0, half)), source(table, [rows[0] ?? [], ...rows.slice(half)], `${table}-2.csv`)]
    return [source(table, rows)]
  })
  return { inputs, mapping }
}

/** Gives what came out alone, so that a test knows that there was something to find. */
export async function sameFiles(seed: number, people: number): Promise<MappedFiles> {
  expect(problems).toEqual([])
  const draw = counterRandom(seed * 13 + 5)
  const input = smallMap(seed, people)
  const size = Math.max(...input.inputs.map(({ source }) => source.size))
  const alone = await mappedFiles(mapRecords(input, new AbortController().signal))
  const { files, result, reportRead } = await mapInTasks(input, {
    blockBytes: Math.max(60, Math.floor(size / (1 + draw(9)))),
    partitions: 1,
    scanned: 1 + draw(3),
    processes: 1 + draw(2),
    order: (tasks) => shuffled(tasks, draw),
  })
  expect(JSON.stringify(result, null, 1), `seed ${seed}`).toBe(JSON.stringify(alone.result, null, 1))
  expect(files, `seed ${seed}`).toEqual(alone.files)
  expect(reportRead).toBe(0)
  return alone
}
