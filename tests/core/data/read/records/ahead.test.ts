/** Blocks that others indexed ahead: the same findings as without them, wherever they begin and however far ahead they are. */
import { expect, test } from 'vitest'
import { AheadBlocks, type OpenAhead } from '../../../../../src/core/data/read/records/ahead-blocks.ts'
import type { AheadForm, AheadSlot } from '../../../../../src/core/data/read/records/ahead-slots.ts'
import { IndexAhead } from '../../../../../src/core/data/read/records/index-ahead.ts'
import { allowKernel } from '../../../../../src/core/data/read/records/kernel-permit.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { finish } from '../../../../../src/core/operation.ts'
import { type Random, seededRandom } from '../../../../../src/core/random.ts'
import { chunkedSource, signal } from '../../reading.ts'
import { fuzzedTable, schema } from '../fuzzed-tables.ts'

/** `npm run accept -- speed fuzz` asks for more. */
const files = Number(process.env.FUZZED_FILES ?? 60)

/** What threads do, in one: before each question of the reader some of them look for blocks. */
class Pumped extends AheadBlocks {
  taken = 0
  private readonly indexers: readonly IndexAhead[]
  private readonly random: Random
  private readonly eagerness: number

  constructor(form: AheadForm, bytes: Uint8Array, random: Random) {
    super(form, 1 + random.below(3))
    this.random = random
    this.eagerness = random.below(6)
    const chunk = random.pick([64, 300, 1 << 10, 5000, 1 << 16])
    const readAt = (buffer: Uint8Array, offset: number): number => {
      const part = bytes.subarray(offset, offset + buffer.length)
      buffer.set(part)
      return part.length
    }
    this.indexers = this.memories.flatMap((ring) => IndexAhead.of(form, ring, this.common, readAt, chunk) ?? [])
    this.pump(random.below(40))
  }

  private pump(most: number): void {
    for (const indexer of this.indexers) for (let steps = most; steps > 0 && indexer.step() === 'more'; steps--);
  }

  override at(offset: number): AheadSlot | null {
    this.pump(this.random.below(this.eagerness + 1))
    const slot = super.at(offset)
    if (slot) this.taken++
    return slot
  }
}

/** Everything that is told of the table, and how many blocks others had indexed. */
async function found(bytes: Uint8Array, chunks: readonly number[], random: Random | null) {
  let taken = 0
  const ahead: OpenAhead = (_, form) => {
    const blocks = new Pumped(form, bytes, random ?? seededRandom(''))
    return {
      blocks,
      close: async () => {
        taken += blocks.taken
      },
    }
  }
  const given = { source: chunkedSource('t.csv', bytes, chunks), side: null, format: null, table: 't', reading: {}, schema }
  const result = await finish(validate({ inputs: [given], ...(random === null ? {} : { ahead }) }, signal))
  const { findings, quality, summary, inputs } = result
  return { findings, told: JSON.stringify({ findings, quality, summary, inputs }), taken }
}

test(`${files} generated files are judged alike with blocks indexed ahead`, { timeout: 600_000 + files * 400 }, async () => {
  allowKernel()
  let taken = 0
  for (let i = 0; i < files; i++) {
    const { bytes, chunks } = fuzzedTable(`ahead ${i}`)
    const alone = await found(bytes, chunks[2] ?? [], null)
    const ahead = await found(bytes, chunks[0] ?? [], seededRandom(`ahead ${i} threads`))
    expect(ahead.told === alone.told, `findings of file ${i}`).toBe(true)
    taken += ahead.taken
  }
  expect(taken).toBeGreaterThan(files)
})

test('a table longer than the records that are watched whole is judged alike', async () => {
  allowKernel()
  const random = seededRandom('long table')
  const clean = '1000,1980-06-01,Zoë,"one, two",1.5,9d188916-8390-282b-3ec2-73fce6e08649,2020-01-02T03:04:05+02:00,F,E11'
  const odd = [
    '42,03/04/1991,Ada ,"two\nlines",1.2E+11,x,2021-02-29T03:04:05+02:00,"M",3/4/1990',
    '1000,1900-01-01, Bo,fine,-20,,2020-01-02T03:04:05, ,May-3',
    '"1000",1980-06-01,"O""Hara",fine,12,9d188916-8390-282b-3ec2-73fce6e08649,2020-01-02T03:04:05Z,F,#N/A',
    '1000,1980-06-01,M\uFFFDller,a"b,5',
    ',,,,,,,,',
  ]
  const lines = Array.from({ length: 30_000 }, () => (random.below(40) === 0 ? random.pick(odd) : clean))
  const bytes = new TextEncoder().encode(`id,day,name,note,amount,key,start,sex,code\n${lines.join('\n')}\n`)
  const alone = await found(bytes, [1 << 16], null)
  // A finding of a watched column names the cell that it quotes.
  const named = alone.findings.filter(({ code }) => code === 'data/outer-blank').flatMap(({ sample }) => sample)
  expect(named.length).toBeGreaterThan(100)
  for (const { at, evidence } of named) {
    const excerpt = new TextEncoder().encode(evidence.excerpt ?? '')
    const byte = at.kind === 'cell' ? at.byte : -1
    expect(bytes.subarray(byte, byte + excerpt.length)).toEqual(excerpt)
  }
  let taken = 0
  for (const seed of ['a', 'b', 'c', 'd']) {
    const ahead = await found(bytes, [4000], seededRandom(seed))
    expect(ahead.told === alone.told, `findings with threads of seed ${seed}`).toBe(true)
    taken += ahead.taken
  }
  expect(taken).toBeGreaterThan(100)
})
