/** Sharded runs: the report of any number of parts, in any order, is that of one run, byte for byte; parts hold no cell. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bigExtract } from '../../../../samples/extract/extract.ts'
import type { GroupColumns } from '../../../../src/core/data/columns/grouping.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import type { ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { profileDocument } from '../../../../src/core/data/profile/document.ts'
import { type ProfileResult, profile } from '../../../../src/core/data/profile/profile.ts'
import { mergeParts } from '../../../../src/core/data/shards/merge-parts.ts'
import { otherFormat, partOf, planOf, type ShardPart } from '../../../../src/core/data/shards/part.ts'
import { planShards, rangesOf, type ShardPlan } from '../../../../src/core/data/shards/plan.ts'
import { runShard } from '../../../../src/core/data/shards/run-shard.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { signal } from '../reading.ts'

const plainly: ReadingChoices = { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 }
const input = (
  content: string | Uint8Array,
  reading: ReadingChoices = plainly,
  schema: JsonObject | null = null,
): ValidateSource => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { source: bytesSource('t.csv', bytes), side: null, format: null, table: 't', reading, schema }
}
const planned = (inputs: readonly ValidateSource[], groups: GroupColumns = {}): Promise<ShardPlan> =>
  finish(planShards({ inputs, paths: inputs.map(({ source }) => source.name), groups, tool: '1' }, signal))
/** Through JSON, as files carry it. */
const part = async (plan: ShardPlan, inputs: readonly ValidateSource[], i: number, of: number): Promise<ShardPart> => {
  const made = partOf(JSON.parse(JSON.stringify(await finish(runShard(plan, inputs, i, of, '1', signal)))))
  if (!made) throw new Error('no part')
  return made
}
const partsOf = (plan: ShardPlan, inputs: readonly ValidateSource[], of: number): Promise<ShardPart[]> =>
  Promise.all(Array.from({ length: of }, (_, i) => part(plan, inputs, i + 1, of)))
const merge = async (plan: ShardPlan, parts: readonly ShardPart[], inputs: readonly ValidateSource[]) => {
  const merged = await finish(mergeParts(plan, parts, inputs, '1', signal))
  if (typeof merged === 'string') throw new Error(merged)
  return merged
}
const written = (result: ProfileResult): string =>
  JSON.stringify(profileDocument(result, { version: '1', paths: ['t.csv'], reveal: true }), null, 2)
const single = async (inputs: readonly ValidateSource[], groups: GroupColumns = {}): Promise<string> =>
  written(await finish(profile({ inputs, groups }, signal)))

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1', '2.50', '2020-01-31', '03/04/1990', 'abc', '', 'Müller', 'N/A', '99', '00123') },
  { weight: 2, arbitrary: fc.constantFrom('"a,b"', '"two\r\nlines"', '"say ""so"""', '"x\n1,2,3\ny"') },
  { weight: 1, arbitrary: fc.constantFrom('5" tube', '"open', 'in"side', '"bad"x', '""', '"') },
)
const line = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(cell, cell, fc.constantFrom('north', 'south')).map((cells) => cells.join(',')) },
  { weight: 1, arbitrary: fc.constantFrom('', 'only,two', 'one,two,three,four', 'Total', 'a,b,site', '(3 rows affected)') },
)
const file = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 120 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => `a,b,site${end}${lines.map((text) => text + end).join('')}`)

describe('a report of shards', () => {
  test('is that of one run for 1, 7 and 64 shards in any order, whatever the quotes are', async () => {
    let cut = 0
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 2 }), fc.infiniteStream(fc.nat()), async (texts, random) => {
        const inputs = texts.map((text) => input(text))
        const groups = { site: 'site' }
        const expected = await single(inputs, groups)
        const plan = await planned(inputs, groups)
        for (const of of [1, 7, 64]) {
          const parts = (await partsOf(plan, inputs, of))
            .map((one) => ({ one, at: random.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one)
          const merged = await merge(plan, parts, inputs)
          expect(written(merged.result)).toBe(expected)
          runs++
          if (merged.readWhole.length === 0 && parts.length > 0) cut++
        }
      }),
      { numRuns: process.env.LONG ? 1000 : 12 },
    )
    // Files that hold several tables are read whole; most of these are cut.
    expect(cut / runs).toBeGreaterThan(0.3)
  }, 60_000)

  test('holds for a large extract with quoted newlines, cut in 64, without reading it whole', async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of bigExtract(200_000).source.stream()) chunks.push(chunk)
    const source = input(new Uint8Array(Buffer.concat(chunks)))
    const plan = await planned([source])
    const parts = await partsOf(plan, [source], 64)
    expect(parts.filter(({ ranges }) => ranges.length > 0).length).toBe(64)
    const merged = await merge(plan, parts.reverse(), [source])
    expect(merged.readWhole).toEqual([])
    expect(written(merged.result)).toBe(await single([source]))
  })

  test.each([
    ['UTF-16', new Uint8Array(Buffer.from('\uFEFFa,b\r\n1,é\r\n2,ü\r\n', 'utf16le')), { ...plainly, encoding: 'utf-16le' }],
    [
      'windows-1252',
      Uint8Array.from([...Buffer.from(`a,b\n${'1,M\xfcller\n'.repeat(60)}`, 'latin1')]),
      { ...plainly, encoding: 'windows-1252' },
    ],
    [
      'several tables in one file',
      new TextEncoder().encode('a,b\n1,x\n2,y\n\nname,city,born\nann,Lund,1990-01-01\nbo,Oslo,1991-01-01\n'),
      {},
    ],
    ['nothing', new Uint8Array(0), {}],
  ] as const)('holds for %s', async (_, bytes, reading) => {
    const inputs = [input(bytes, reading)]
    const plan = await planned(inputs)
    const merged = await merge(plan, await partsOf(plan, inputs, 7), inputs)
    expect(written(merged.result)).toBe(await single(inputs))
  })
})

describe('parts', () => {
  const rows = Array.from(
    { length: 300 },
    (_, i) => `Zqcanary${i},${4_000_000 + i * 7},1931-07-${String((i % 28) + 1).padStart(2, '0')}`,
  )
  const inputs = [input(`name,mrn,born\n${rows.join('\n')}\n`)]

  test('and plans hold no cell', async () => {
    const plan = await planned(inputs)
    const all = JSON.stringify([plan, await partsOf(plan, inputs, 7)])
    expect(all).not.toMatch(/Zqcanary/)
    expect(all).not.toMatch(/1931-07/)
    for (const row of rows) expect(all).not.toContain(`"${row.split(',')[1]}"`)
  })

  test('that are missing or of another plan are named; a shard that came twice is one shard', async () => {
    const plan = await planned(inputs)
    const parts = await partsOf(plan, inputs, 7)
    expect(await finish(mergeParts(plan, parts.slice(1, 6), inputs, '1', signal))).toBe('Shards 1, 7 of 7 are missing.')
    expect(await finish(mergeParts(plan, [], inputs, '1', signal))).toBe('No part was given.')
    const others = [input('name\nx\n')]
    const other = await planned(others)
    expect(await finish(mergeParts(plan, [await part(other, others, 1, 1)], inputs, '1', signal))).toMatch(/another plan/)
    expect(await finish(mergeParts(plan, [...parts, ...(await partsOf(plan, inputs, 1))], inputs, '1', signal))).toMatch(
      /do not go together/,
    )
    const twice = [...parts, ...parts]
    expect(written((await merge(plan, twice, inputs)).result)).toBe(await single(inputs))
  })

  test('that do not add up are not believed: the input is read whole', async () => {
    const plan = await planned(inputs)
    const parts = await partsOf(plan, inputs, 7)
    const torn = parts.map((one) =>
      one.shard === 3 ? { ...one, ranges: one.ranges.map((range) => ({ ...range, records: range.records - 1 })) } : one,
    )
    const merged = await merge(plan, torn, inputs)
    expect(merged.readWhole).toEqual(['t.csv'])
    expect(written(merged.result)).toBe(await single(inputs))
  })

  test('of other bytes are refused, even where the size is the same', async () => {
    const plan = await planned(inputs)
    const changed = [input(`name,mrn,born\n${rows.join('\n').replace('Zqcanary7', 'Zqcanarz7')}\n`)]
    expect(await finish(mergeParts(plan, await partsOf(plan, inputs, 3), changed, '1', signal))).toMatch(/t.csv has other bytes/)
  })

  test('of another version or another format are refused in words', async () => {
    const plan = await planned(inputs)
    const words = 'The plan was made by version 1, and this is 2. Make a new plan.'
    expect(await finish(runShard(plan, inputs, 1, 1, '2', signal))).toBe(words)
    const [first] = await partsOf(plan, inputs, 1)
    if (!first) throw new Error('no part')
    expect(await finish(mergeParts(plan, [first], inputs, '2', signal))).toBe(words)
    expect(otherFormat(first)).toBeNull()
    const older = { ...first, format: 1 }
    expect(partOf(older)).toBeNull()
    expect(otherFormat(older)).toMatch(/^a part of format 1, .* format 2\. Run its shard again/)
  })

  test('that say what no shard says are refused before anything is counted or reserved', async () => {
    const plan = await planned(inputs)
    const [first] = await partsOf(plan, inputs, 1)
    if (!first) throw new Error('no part')
    const told = (change: Partial<ShardPart>) => finish(mergeParts(plan, [{ ...first, ...change }], inputs, '1', signal))
    expect(await told({ of: 4e9 })).toMatch(/of 4000000000 shards/)
    expect(await told({ of: 1.5 })).toMatch(/of 1.5 shards/)
    expect(await told({ shard: 9 })).toMatch(/shard 9 of 1/)
    expect(await told({ of: 60_000 })).toMatch(/^Shards 2, 3, .* and 59979 more of 60000 are missing\.$/)
    expect(partOf(JSON.parse(JSON.stringify({ ...first, ranges: [{}] })))).toBeNull()
    expect(planOf(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
    expect(planOf(JSON.parse(JSON.stringify({ ...plan, inputs: [{}] })))).toBeNull()
  })

  test('of one plan tile each input exactly, for any number of shards', async () => {
    const plan = await planned([...inputs, ...inputs])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (of) => {
        const ranges = Array.from({ length: of }, (_, i) => rangesOf(plan, i + 1, of)).flat()
        for (const index of [0, 1]) {
          const mine = ranges.filter((range) => range.input === index)
          expect(mine[0]?.from).toBe(plan.inputs[index]?.cuts[0])
          expect(mine.at(-1)?.to).toBeNull()
          mine.slice(1).forEach((range, i) => {
            expect(range.from).toBe(mine[i]?.to)
          })
        }
      }),
    )
  })
})
