/** Blocks dealt out to threads: how much of a file lies with them at once, and what becomes of a run when one falls silent. */
import { expect, test } from 'vitest'
import { BlockWriter, type JudgedBlock } from '../../../../src/core/data/fhir/block-message.ts'
import { type BlockHelper, mostBytes, SpreadLines } from '../../../../src/core/data/fhir/spread-lines.ts'
import type { LineBlock } from '../../../../src/core/data/read/json/line-blocks.ts'
import { Cancelled } from '../../../../src/core/operation.ts'

/** Says of every block where it began, instead of judging it. */
const startOf = ({ byte }: LineBlock): JudgedBlock => new BlockWriter().end({ records: byte, lines: 1, lost: 0, problems: [] })

/** Reads the lines with so many helpers that answer as is told, and none of which says what it counted; gives where the blocks that were taken began, in that order. */
async function startsTaken(
  lines: readonly Uint8Array[],
  helpers: number,
  judge: (block: LineBlock, taken: number) => Promise<JudgedBlock>,
  signal: AbortSignal,
  whenRead: (spread: SpreadLines) => Promise<void> = async () => undefined,
): Promise<readonly number[]> {
  const taken: number[] = []
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const totals = () => new Promise<never>(() => undefined)
  const helper = (): BlockHelper => ({
    isReady: true,
    judge: (block) => judge(block, taken.length),
    totals,
    pause: turn,
    close: () => undefined,
  })
  const spread = new SpreadLines({
    open: () => Array.from({ length: helpers }, helper),
    own: () => ({ judge: startOf }),
    take: ({ records }) => {
      taken.push(records)
      return []
    },
    add: () => undefined,
  })
  const stream = async function* () {
    yield* lines
  }
  for await (const _ of spread.read({ name: 'x', size: 0, stream }, 0, signal, () => undefined));
  await whenRead(spread)
  return taken
}

const lineOf = (type: string, length: number): Uint8Array =>
  new TextEncoder().encode(`${`{"resourceType":"${type}"`.padEnd(length - 1, 'x')}\n`)

test.each([
  [1 << 20, 24],
  [9 << 20, 6],
])('of lines of %i bytes only so many are begun at once, and those of Bundles by no helper', async (length, count) => {
  const types = ['Bundle', 'Patient', 'Encounter', 'Parameters', 'Patient', 'Practitioner']
  const lines = Array.from({ length: count }, (_, i) => lineOf(types[i % types.length] ?? '', length))
  const begun = new Set<number>()
  let most = 0
  const late = async (block: LineBlock, taken: number): Promise<JudgedBlock> => {
    begun.add(block.byte)
    most = Math.max(most, block.byte + length - taken * length)
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve))
    return startOf(block)
  }
  const starts = lines.map((_, i) => i * length)
  expect(await startsTaken(lines, 12, late, new AbortController().signal)).toEqual(starts)
  expect([...begun]).toEqual(starts.filter((_, i) => i % 3 !== 0))
  expect(most).toBe(Math.max(mostBytes, length))
})

test('a run that waits for the counts of a helper can be cancelled', async () => {
  const stop = new AbortController()
  const settle = (spread: SpreadLines): Promise<void> => {
    setImmediate(() => stop.abort())
    return spread.settle(stop.signal)
  }
  const judged = startsTaken([lineOf('Patient', 100)], 1, async (block) => startOf(block), stop.signal, settle)
  await expect(judged).rejects.toThrow(Cancelled)
})

test('a run whose helper falls silent can be cancelled', async () => {
  const stop = new AbortController()
  const silent = (): Promise<JudgedBlock> => {
    setImmediate(() => stop.abort())
    return new Promise(() => undefined)
  }
  await expect(startsTaken([lineOf('Patient', 100)], 1, silent, stop.signal)).rejects.toThrow(Cancelled)
})
