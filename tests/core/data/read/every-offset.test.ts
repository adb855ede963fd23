/** Files cut in two at every byte (trust.md T11): tables and resources with every kind of damage, the same records and problems. */
import { expect, test } from 'vitest'
import { readResources } from '../../../../src/core/data/read/json/read-resources.ts'
import { seededRandom } from '../../../../src/core/random.ts'
import { timesOf } from '../../../threat-counts.ts'
import { chunkedSource, readBack, signal } from '../reading.ts'

const encoder = new TextEncoder()
const cells = ['a', '17', 'Zoë', '"a ""b"""', '"two\r\nlines"', '"x"y', '"never closed', '', '😀', ' b ', "'", '1,5', 'a\0b']
const values = [
  '1',
  '1.50',
  '1e400',
  '"é"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '[1,{"a":null}]',
  'tru',
  '"cut',
  '{"id":1,"id":2}',
  '😀',
]

/** About 150 bytes, with line ends of all kinds. */
function table(seed: string): Uint8Array {
  const random = seededRandom(seed)
  const one = <T>(list: readonly T[]): T => list[random.below(list.length)] as T
  const [mark, end] = [one(['', '\uFEFF']), one(['\n', '\r\n', '\r'])]
  const rows = Array.from({ length: 7 }, () => Array.from({ length: 2 + random.below(3) }, () => one(cells)).join(','))
  return encoder.encode(`${mark}id,name,note${end}${rows.join(one([end, '\n', end + end]))}${one(['', end])}`)
}

function resources(seed: string): Uint8Array {
  const random = seededRandom(seed)
  const one = <T>(list: readonly T[]): T => list[random.below(list.length)] as T
  const lines = Array.from(
    { length: 5 },
    (_, i) => `{"resourceType":"Basic","id":"${i}","a":${one(values)}}${one(['', ' ', '}', '\0'])}`,
  )
  return encoder.encode(`${one(['', '\uFEFF'])}${lines.join(one(['\n', '\r\n', '\n\n']))}${one(['', '\n'])}`)
}

async function facts(bytes: Uint8Array, at: number, isTable: boolean): Promise<unknown> {
  const source = chunkedSource(isTable ? 't.csv' : 't.ndjson', bytes, at === 0 ? [bytes.length] : [at, bytes.length])
  if (isTable) {
    const { rows, problems, records, status } = await readBack(source)
    return { rows, problems, records, status }
  }
  // How many come at once, and what comes first, a record or a problem of a later one, is a matter of the pieces.
  const records: unknown[] = []
  const others: unknown[] = []
  for await (const event of readResources(source, 'ndjson', signal))
    if (event.kind === 'resources') records.push(...event.resources)
    else others.push(event)
  return { records, others }
}

test('whatever byte a file is cut at, its records and problems are the same', async () => {
  const files = timesOf('T11')
  let cuts = 0
  for (let n = 0; n < files; n++) {
    const isTable = n % 2 === 0
    const bytes = isTable ? table(`table ${n}`) : resources(`lines ${n}`)
    const whole = JSON.stringify(await facts(bytes, 0, isTable))
    for (let at = 1; at < bytes.length; at++, cuts++)
      expect(JSON.stringify(await facts(bytes, at, isTable)), `file ${n} at ${at}`).toBe(whole)
  }
  console.log(`every offset: ${files} files, ${cuts} cuts, the same records`)
  expect(cuts).toBeGreaterThan(files * 90)
})
