/** Dumps with bytes changed, lost, doubled and moved: each is read to a result, in bounded time, and its tables keep their word on their size. */
import { strToU8 } from 'fflate'
import { expect, test } from 'vitest'
import { openContent } from '../../../../../src/core/data/read/containers/content.ts'
import { openDump } from '../../../../../src/core/data/read/containers/sql/dump.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import { type Random, seededRandom } from '../../../../../src/core/random.ts'
import { signal } from '../../reading.ts'
import { asCopy, asMysql, asSqlServer, nastyTables } from './written-dumps.ts'

const count = process.env.LONG ? 5000 : 60
const signs = strToU8('\'"`()[],;\\-/*#$.\n\t N0xE')

function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const out = [...bytes]
  for (let edits = 1 + random.below(4); edits > 0; edits--) {
    const at = random.below(out.length)
    const length = 1 + random.below(40)
    const sign = signs[random.below(signs.length)] ?? 0
    switch (random.below(5)) {
      case 0:
        out[at] = sign
        break
      case 1:
        out.splice(at, 0, sign)
        break
      case 2:
        out.splice(at, length)
        break
      case 3:
        out.splice(at, 0, ...out.slice(at, at + length))
        break
      default:
        out.splice(random.below(out.length), 0, ...out.splice(at, length))
    }
  }
  return Uint8Array.from(out)
}

test(`${count} mutated dumps`, { timeout: 1_200_000 }, async () => {
  const random = seededRandom('mutated dumps')
  const seeds = [asCopy, asMysql, asSqlServer].map((write) => strToU8(write(nastyTables(12))))
  let read = 0
  let told = 0
  let refused = 0
  for (let n = 0; n < count; n++) {
    const bytes = mutated(seeds[n % seeds.length] ?? seeds[0] ?? new Uint8Array(), random)
    const source = bytesSource('m.sql', bytes)
    const dump = await openDump(source, signal)
    if (dump === null) {
      refused++
      continue
    }
    for (const table of dump.tables) {
      const made = dump.source(table)
      let length = 0
      for await (const chunk of made.stream()) length += chunk.length
      expect(length, `size of ${table.name} of dump ${n}`).toBe(made.size)
    }
    const [first] = dump.tables
    if (dump.damage !== null) told++
    else read++
    if (n % 10 !== 0 || !first) continue
    const given = { source, side: null, format: null, table: first.name, schema: null, reading: { sheet: first.name } }
    const { inputs } = await finish(validate({ inputs: [given] }, signal))
    expect(inputs).toHaveLength(1)
    expect((await openContent(source, { sheet: first.name }, signal)).kind).toBe('content')
  }
  process.stdout.write(
    `mutated dumps: ${count}, read ${read}, told to be damaged ${told}, no dump any more ${refused}, crashes 0\n`,
  )
})
