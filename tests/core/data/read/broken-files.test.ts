/** Broken files by the thousand: no crash, no endless reading, and no breakage that is accepted in silence. */
import { expect, test } from 'vitest'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import { bytesSource } from '../../../../src/core/operation.ts'
import { type Random, seededRandom } from '../../../../src/core/random.ts'
import { type ReadBack, readBack } from '../reading.ts'

const times = process.env.LONG ? 20 : 1
const patience = 240_000
const encoder = new TextEncoder()

interface Table {
  readonly lines: readonly string[]
  readonly text: string
}

/** A table with numbers, dates and texts, some in quotes with delimiters, quotes and line breaks inside. */
function tableOf(random: Random, rows: number): Table {
  const notes = ['plain', '"seen, well"', '"said ""no"""', '"first\nsecond"', '', 'ok']
  const lines = ['id,name,born,dose,note']
  for (let i = 0; i < rows; i++)
    lines.push(
      `${100 + i},${random.pick(['Ada', 'Grace', 'Edith', 'Åsa'])},19${10 + random.below(80)}-01-0${1 + random.below(9)},${random.below(90)}.5,${random.pick(notes)}`,
    )
  return { lines, text: `${lines.join('\n')}\n` }
}

type Bytes = Uint8Array<ArrayBufferLike>

const at = (bytes: Bytes, place: number, insert: readonly number[], drop = 0): Bytes =>
  Uint8Array.from([...bytes.subarray(0, place), ...insert, ...bytes.subarray(place + drop)])

/** Indices of a byte outside quotes; quotes of `tableOf` are well-formed. */
function outside(bytes: Bytes, wanted: number): number[] {
  const places: number[] = []
  let quoted = false
  bytes.forEach((byte, i) => {
    if (byte === 0x22) quoted = !quoted
    else if (!quoted && byte === wanted) places.push(i)
  })
  return places
}

/** One structural breakage each; null where the table has no place for it. */
const breakages: Readonly<Record<string, (bytes: Bytes, random: Random) => Bytes | null>> = {
  'a delimiter is missing': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x2c)), [], 1),
  'a delimiter too many': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x2c)), [0x2c]),
  'a line break inside a record': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x2c)), [0x0a]),
  'two records in one line': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x0a).slice(0, -1)), [], 1),
  'a NUL byte': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x2e)), [0]),
  'a byte that is no character': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x2e)), [0xff]),
  'half a character': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x2e)), [0xc3]),
  'the header again': (bytes, random) =>
    at(bytes, random.pick(outside(bytes, 0x0a)) + 1, [...encoder.encode('id,name,born,dose,note\n')]),
  'a blank line': (bytes, random) => at(bytes, random.pick(outside(bytes, 0x0a)) + 1, [0x0a]),
  'a byte order mark inside': (bytes, random) =>
    at(bytes, random.pick(outside(bytes, 0x0a).slice(1, -1)) + 1, [0xef, 0xbb, 0xbf]),
  'a wrong count at the end': (bytes) => at(bytes, bytes.length, [...encoder.encode('(9999 rows affected)\n')]),
  'the end is missing': (bytes, random) => {
    const places = outside(bytes, 0x2c)
    return bytes.slice(0, places[places.length - 1 - random.below(Math.min(8, places.length - 5))])
  },
  'a quote too many': (bytes, random) =>
    at(bytes, outside(bytes, 0x0a)[0] ?? 0, []).length > 0
      ? at(bytes, (outside(bytes, 0x0a)[0] ?? 0) + 1 + random.below(bytes.length - 60), [0x22])
      : null,
  'a closing quote is missing': (bytes, random) => {
    const quotes = [...bytes.keys()].filter((i) => bytes[i] === 0x22 && (bytes[i + 1] === 0x0a || bytes[i + 1] === 0x2c))
    return quotes.length === 0 ? null : at(bytes, random.pick(quotes), [], 1)
  },
  'an opening quote is missing': (bytes, random) => {
    const quotes = [...bytes.keys()].filter((i) => bytes[i] === 0x22 && bytes[i - 1] === 0x2c)
    return quotes.length === 0 ? null : at(bytes, random.pick(quotes), [], 1)
  },
}

const cellsOf = (read: ReadBack): string => JSON.stringify(read.rows.map((row) => row.cells))
const chosen: ReadingChoices = { encoding: 'utf-8', delimiter: ',', quote: '"', escape: '"', headerRows: 1, skipRows: 0 }

async function silent(rounds: number, choices: ReadingChoices, seed: string): Promise<{ files: number; accepted: string[] }> {
  const random = seededRandom(seed)
  const accepted: string[] = []
  let files = 0
  for (let round = 0; round < rounds; round++) {
    const { text } = tableOf(random, 8 + random.below(8))
    const bytes = encoder.encode(text)
    const sound = await readBack(bytes, choices)
    expect({ round, codes: sound.codes }).toEqual({ round, codes: [] })
    for (const [name, damage] of Object.entries(breakages)) {
      const broken = damage(bytes, random)
      if (broken === null) continue
      files++
      const read = await readBack(broken, choices)
      if (read.codes.length === 0 && cellsOf(read) !== cellsOf(sound))
        accepted.push(`${name}: ${JSON.stringify(new TextDecoder('utf-8').decode(broken))}`)
    }
  }
  return { files, accepted }
}

test(
  'no structural breakage is accepted in silence, form known',
  async () => {
    const { files, accepted } = await silent(280 * times, chosen, 'known')
    expect(files).toBeGreaterThan(3800)
    expect(accepted).toEqual([])
  },
  patience,
)

test(
  'nor in automatic reading',
  async () => {
    const { files, accepted } = await silent(20 * times, {}, 'automatic')
    expect(files).toBeGreaterThan(270)
    expect(accepted).toEqual([])
  },
  patience,
)

test(
  'bytes changed at random never stop the reader, and it reads each byte once',
  async () => {
    const random = seededRandom('random bytes')
    for (let n = 0; n < 1000 * times; n++) {
      const bytes = encoder.encode(tableOf(random, 5).text)
      for (let change = 0; change <= random.below(12); change++)
        bytes[random.below(bytes.length)] = random.pick([
          0,
          0x0a,
          0x0d,
          0x22,
          0x27,
          0x2c,
          0x5c,
          0x80,
          0xef,
          0xff,
          random.below(256),
        ])
      const start = random.below(40)
      const from = random.below(5) === 0 ? bytes.slice(start) : bytes
      let streamed = 0
      const source = bytesSource('t.csv', from)
      const counted = {
        ...source,
        async *stream(a?: number, b?: number) {
          for await (const chunk of source.stream(a, b)) {
            streamed += chunk.length
            yield chunk
          }
        },
      }
      const { status, records } = await readBack(counted, n % 10 === 0 ? {} : { delimiter: ',', encoding: 'utf-8' })
      expect(['read', 'partial', 'unreadable']).toContain(status)
      expect(records).toBeGreaterThanOrEqual(-1)
      // The head for the container, the samples and the body: nothing is read over and over.
      expect(streamed).toBeLessThanOrEqual(from.length * 3 + 4)
    }
  },
  patience,
)

test(
  'one quote at any byte costs at most one record',
  async () => {
    const random = seededRandom('quotes')
    const lostMost: number[] = []
    for (let n = 0; n < 4 * times; n++) {
      const { text } = tableOf(random, 12)
      const sound = await readBack(text, chosen)
      const head = text.indexOf('\n') + 1
      const bytes = encoder.encode(text)
      for (let place = head; place <= bytes.length; place += process.env.LONG ? 1 : 2) {
        const read = await readBack(at(bytes, place, [0x22]), chosen)
        const left = new Map<string, number>()
        for (const row of read.rows) left.set(JSON.stringify(row.cells), (left.get(JSON.stringify(row.cells)) ?? 0) + 1)
        const lost = sound.rows.filter((row) => {
          const key = JSON.stringify(row.cells)
          const there = left.get(key) ?? 0
          left.set(key, there - 1)
          return there <= 0
        })
        lostMost.push(lost.length)
        if (lost.length > 1 || (lost.length > 0 && read.codes.length === 0))
          throw new Error(
            `${lost.length} lost, ${read.codes.join()} at ${place} of ${JSON.stringify(text)} ${JSON.stringify(read.rows.map((row) => row.cells))}`,
          )
      }
    }
    expect(Math.max(...lostMost)).toBe(1)
  },
  patience,
)
