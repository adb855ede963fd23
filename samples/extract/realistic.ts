/** A legacy extract as clinics write them: names of many scripts, quoted notes of several lines, offsets, empty cells, and planted defects. */
import type { JsonObject } from '../../src/core/data/model/record.ts'
import { type Extract, extractOf } from './stream.ts'

/** Nine rules, one planted defect for each. */
export const realisticSchema: JsonObject = {
  fields: [
    { name: 'id', type: 'string', constraints: { pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' } },
    { name: 'start', type: 'datetime' },
    { name: 'patient', type: 'string', constraints: { required: true } },
    { name: 'name', type: 'string', constraints: { maxLength: 40 } },
    { name: 'sex', type: 'string', constraints: { enum: ['F', 'M', 'O', 'U'] } },
    { name: 'born', type: 'date' },
    { name: 'address', type: 'string' },
    { name: 'zip', type: 'string', constraints: { pattern: '[0-9]{5}' } },
    { name: 'city', type: 'string' },
    { name: 'cost', type: 'number', constraints: { minimum: 0, maximum: 100_000 } },
    { name: 'code', type: 'string' },
    { name: 'note', type: 'string' },
  ],
}

const header = 'id,start,patient,name,sex,born,address,zip,city,cost,code,note'
const given = ['Zoë', 'José', 'Søren', 'Łucja', 'Nguyễn', 'Éloïse', 'Çağla', 'Олена', 'Ελένη', '美咲', 'Ümit', 'Björk', 'Anna']
const family = [
  'Müller',
  'García',
  'Đặng',
  'Øster',
  'Šimková',
  'O’Brien',
  'Ковальчук',
  'Παππάς',
  '山本',
  'Weiß',
  'Smith',
  'Jones',
]
const streets = ['Hauptstraße', 'rue de l’Église', 'Calle Niño', 'Mill Road', 'High Street', 'ulica Żwirki', 'Karl Johans gate']
const cities = ['Köln', 'Kraków', 'Göteborg', 'Leeds', 'Lyon', 'Málaga', 'Derby', 'York']
const offsets = ['Z', '+02:00', '-05:00', '+05:30', '']
const plain = [
  'routine follow-up of blood pressure and weight without change since spring',
  'Überweisung an die Kardiologie; nächster Termin in zehn Tagen',
  'no complaint; wound dry and closed, dressing changed'.replace(',', ''),
  'Température 38,2 °C le matin'.replace(',', '.'),
  '',
]
const quoted = [
  '"seen by the nurse, ""stable"", to return in a week"',
  '"asked for the larger pack, agreed; fièvre < 38 °C"',
  '"rote Flecken, ""wie Masern"", seit gestern"',
]
const broken = [
  '"patient called about a refill;{br}asked for the larger pack, agreed"',
  '"Anamnese:{br}– Schwindel, ""nur morgens""{br}– Übelkeit"',
]

/** The column and check of each defect, and which rows have it: one in so many, from `at` on. */
const defects = [
  { rule: 'id data/pattern', every: 1009, at: 3, column: 0, bad: 'A17' },
  { rule: 'start data/date-format', every: 1013, at: 5, column: 1, bad: '2024-13-01T08:00:00Z' },
  { rule: 'patient data/required', every: 1019, at: 7, column: 2, bad: '' },
  { rule: 'name data/length', every: 1021, at: 11, column: 3, bad: 'Łucja '.repeat(7).trimEnd() },
  { rule: 'sex data/value-list', every: 1031, at: 13, column: 4, bad: 'W' },
  { rule: 'born data/date-format', every: 1033, at: 17, column: 5, bad: '1980-02-30' },
  { rule: 'zip data/pattern', every: 1039, at: 19, column: 7, bad: '4O255' },
  { rule: 'cost data/type', every: 1049, at: 23, column: 9, bad: 'n/a €' },
  { rule: 'cost data/range', every: 1051, at: 29, column: 9, bad: '100000.5' },
] as const

export type RealisticRule = (typeof defects)[number]['rule']

/** A number for a row and a place in it that looks drawn: the finalizer of MurmurHash3. */
function drawn(i: number, place: number): number {
  let mixed = (Math.imul(i, 0x9e3779b1) + Math.imul(place + 1, 0x85ebca6b)) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const one = <T>(list: readonly T[], i: number, place: number): T => list[drawn(i, place) % list.length] as T
const two = (n: number): string => String(n).padStart(2, '0')
const hex = (n: number): string => n.toString(16).padStart(8, '0')

function rowOf(i: number, br: string): string {
  const a = hex(drawn(i, 0))
  const b = hex(drawn(i, 1))
  const c = hex(drawn(i, 2))
  const day = `${two((drawn(i, 4) % 12) + 1)}-${two((drawn(i, 5) % 28) + 1)}`
  const clock = `${two(drawn(i, 6) % 24)}:${two(drawn(i, 7) % 60)}:${two(drawn(i, 8) % 60)}`
  const kind = drawn(i, 9) % 100
  const note = kind < 52 ? one(plain, i, 10) : kind < 76 ? one(quoted, i, 10) : one(broken, i, 10).replaceAll('{br}', br)
  const cells = [
    `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${hex(drawn(i, 3))}`,
    `20${two(drawn(i, 11) % 25)}-${day}T${clock}${one(offsets, i, 12)}`,
    String(10_000_000 + (drawn(i, 13) % 200_000)),
    `${one(given, i, 14)} ${one(family, i, 15)}`,
    'FMOU'[drawn(i, 16) % 4] ?? '',
    `${1925 + (drawn(i, 17) % 99)}-${day}`,
    `${one(streets, i, 18)} ${1 + (drawn(i, 19) % 240)}`,
    String(10_000 + (drawn(i, 20) % 89_999)),
    one(cities, i, 21),
    drawn(i, 22) % 8 === 0
      ? ''
      : drawn(i, 22) % 2 === 0
        ? String(drawn(i, 23) % 5000)
        : ((drawn(i, 23) % 499_900) / 100).toFixed(2),
    `${'ABEFIJKMNR'[drawn(i, 24) % 10]}${two(drawn(i, 25) % 100)}.${drawn(i, 26) % 10}`,
    note,
  ]
  for (const { every, at, column, bad } of defects) if (i % every === at) cells[column] = bad
  return cells.join(',') + br
}

export interface RealisticExtract extends Extract {
  /** Cells that break each rule. A row of both costs has the range alone, because it is written last. */
  readonly planted: ReadonlyMap<RealisticRule, number>
}

/** An extract of at least `bytes` bytes, with line feeds or, as `crlf`, with both characters. */
export function realisticExtract(bytes: number, crlf = false): RealisticExtract {
  const br = crlf ? '\r\n' : '\n'
  const made = extractOf({ name: 'realistic.csv', header: header + br, rowOf: (i) => rowOf(i, br) }, bytes)
  const planted = new Map(
    defects.map(({ rule, every, at }) => [rule, made.records > at ? Math.floor((made.records - 1 - at) / every) + 1 : 0]),
  )
  const both = Array.from({ length: made.records }, (_, i) => i).filter((i) => i % 1049 === 23 && i % 1051 === 29).length
  planted.set('cost data/type', (planted.get('cost data/type') ?? 0) - both)
  return { ...made, planted }
}
