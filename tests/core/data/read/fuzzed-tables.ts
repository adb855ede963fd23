/** Tables of all kinds of cells, with damage where a seed puts it: the same bytes for the same seed. */
import { type Random, seededRandom } from '../../../../src/core/random.ts'

const encoder = new TextEncoder()

const cells: readonly (readonly string[])[] = [
  ['7', '42', '1003', '9d188916-8390-282b-3ec2-73fce6e08649', '""', '', '"8"'],
  ['1980-06-01', '1980-02-30', '03/04/1991', '2020-01-02T03:04:05+02:00', '"1999-12-31"', '', 'soon'],
  ['Ada', 'Zoë', '"O""Hara"', 'MÃ¼ller', 'M\uFFFDller', 'O\u0092Hara', '山本 美咲', ' Bo', 'a"b', '"a"b', '#N/A', '', '😀'],
  [
    'fine',
    '"one, two"',
    '"said ""no"" twice"',
    '"two\nlines"',
    '"three\r\nlines\n"',
    '"1,2,3,4\n5,6,7,8"',
    'tab\tinside',
    '"',
    '',
  ],
  ['1.5', '-20', '5e3', '12,5', '"7,25"', '1.2E+11', '99999999999999999999', '5000.0', '5000.01', '-0', '+.5', '5.', '.', ''],
  [
    '9d188916-8390-282b-3ec2-73fce6e08649',
    '"9D188916-8390-282B-3EC2-73FCE6E08649"',
    '9d188916-8390-282b-3ec2-73fce6e0864g',
    '9d188916-8390-282b-3ec2-73fce6e086499',
    '9d188916-8390-282b-3ec2-73fce6e0864é',
    '',
  ],
  [
    '2020-01-02T03:04:05',
    '"2020-01-02 23:59:59Z"',
    '2020-02-29T03:04:05+02:00',
    '2021-02-29T03:04:05+02:00',
    '2020-01-02T24:00:00Z',
    '2020-01-02T03:60:05',
    '2020-01-02T03:04:60-05:00',
    '2020-01-02T03:04:05.5Z',
    '2020-01-02T03:04:05+0200',
    '2020-01-02T03:04:05X',
    '2020-12-32T03:04:05',
    '',
  ],
  ['F', '"M"', 'X', 'f', 'FM', '""""', '', ' ', 'É'],
  ['-7', '+12', '7-', '1 ', '0007', '123456789012345678', '3/4/1990', '"12/31/1999"', ''],
]
const bytesOfDamage = [0x00, 0x22, 0x22, 0x2c, 0x0a, 0x0d, 0xff, 0xc3, 0x80, 0xe2, 0xed, 0x1f, 0x41]

const header = 'id,day,name,note,amount,key,start,sex,code'

export const schema = {
  fields: [
    { name: 'id', constraints: { pattern: '[0-9]{4}', required: true } },
    { name: 'day', type: 'date' },
    { name: 'name', constraints: { maxLength: 8 } },
    { name: 'note', constraints: { enum: ['fine', '', 'one, two'] } },
    { name: 'amount', type: 'number', constraints: { minimum: 0, maximum: 5000 } },
    { name: 'key', type: 'string', format: 'uuid' },
    { name: 'start', type: 'datetime' },
    { name: 'sex', constraints: { enum: ['F', 'M'], required: true } },
    { name: 'code', constraints: { minLength: 2, maxLength: 8 } },
  ],
}

/** Bytes of a table, and sizes of chunks to read it in. */
export function fuzzedTable(seed: string): { readonly bytes: Uint8Array; readonly chunks: readonly (readonly number[])[] } {
  const random = seededRandom(seed)
  const newline = random.pick(['\n', '\n', '\n', '\r\n', '\r\n', '\r'])
  const rows = random.below(50) === 0 ? 1000 + random.below(8000) : random.below(60)
  const cleanShare = random.pick([0, 0.5, 0.9])
  const lines = Array.from({ length: rows }, (_, row) =>
    random.next() < cleanShare
      ? `${1000 + (row % 9000)},1980-06-01,Zoë,"one, two",1.5,9d188916-8390-282b-3ec2-73fce6e08649,2020-01-02T03:04:05+02:00,F,E11`
      : cells.map((column) => random.pick(column)).join(','),
  )
  const text = [header, ...lines, ''].join(newline)
  let bytes = encoder.encode((random.below(7) === 0 ? '\uFEFF' : '') + text)
  if (random.below(3) === 0) bytes = bytes.slice(0, random.below(bytes.length + 1))
  if (random.below(2) === 0) damage(bytes, random)
  return { bytes, chunks: [chunksOf(random), chunksOf(random), [1 << 20]] }
}

function damage(bytes: Uint8Array, random: Random): void {
  const from = Math.min(bytes.length, header.length + 4)
  for (let edits = 1 + random.below(4); edits > 0 && bytes.length > from; edits--)
    bytes[from + random.below(bytes.length - from)] = random.pick(bytesOfDamage)
}

function chunksOf(random: Random): number[] {
  return Array.from({ length: 1 + random.below(3) }, () => Math.floor(64 * 2 ** (random.next() * 14)))
}
