/** Where the records of an input begin: each block scanned by itself, then all of them put together. */
import { createHash } from 'node:crypto'
import { type BlockCensus, blockStarts, censusOf, joined } from '../../core/data/read/stretches/census.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { TaskWork } from '../spread-verb.ts'
import { nameOf } from '../tasks.ts'
import { readJson, writeJson } from '../work-folder.ts'
import type { Block } from './blocks.ts'
import { countedFolder } from './counted-folder.ts'
import { type CutsPart, openPartOf } from './opened.ts'

export const lineFeed = 10

/** What is written of a block. */
interface CensusPart {
  readonly sha256: string
  readonly census: BlockCensus | null
}

/** Digest of a block, and where its records begin. */
export async function scanBlock(name: string, block: Block, source: ByteSource, work: TaskWork): Promise<void> {
  const opened = (await openPartOf(work.folder)).inputs[block.input]
  const hash = createHash('sha256')
  const body = opened?.isCut === true && opened.bodyByte < block.to ? opened : null
  let census: BlockCensus | null = null
  let at = block.from
  let before = lineFeed
  if (body !== null && block.from > body.bodyByte)
    for await (const chunk of source.stream(block.from - 1, block.from)) before = chunk.at(-1) ?? lineFeed
  for await (const chunk of source.passing?.(block.from, block.to) ?? source.stream(block.from, block.to)) {
    work.read(chunk.length)
    hash.update(chunk)
    const skip = body === null ? chunk.length : Math.max(0, Math.min(chunk.length, body.bodyByte - at))
    if (body !== null && skip < chunk.length) {
      // Node finds a byte in a Buffer several times as fast.
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).subarray(skip)
      const own = censusOf(bytes, before, at + skip, body)
      census = census === null ? own : joined(census, own)
      before = chunk.at(-1) ?? before
    }
    at += chunk.length
  }
  await writeJson(countedFolder(work), `parts/${name}.json`, { sha256: hash.digest('hex'), census })
}

/** A block of an input that is not cut: nothing is read of it. */
export async function passOver(name: string, work: TaskWork): Promise<void> {
  const part: CensusPart = { sha256: '', census: null }
  await writeJson(countedFolder(work), `parts/${name}.json`, part)
}

/** Puts the blocks of each input together: its digest, and where reading can begin. */
export async function joinBlocks(name: string, blocks: readonly Block[], work: TaskWork): Promise<void> {
  const { inputs: opened } = await openPartOf(work.folder)
  const inputs: CutsPart['inputs'][number][] = []
  for (const [input, one] of opened.entries()) {
    const digests: string[] = []
    const scanned: BlockCensus[] = []
    let without = 0
    let count = 0
    let lostFrom: number | null = null
    for (const [index, block] of blocks.entries()) {
      if (block.input !== input) continue
      const part = (await readJson(work.folder, `parts/${nameOf({ stage: 'census', index })}.json`)) as CensusPart | null
      count++
      if (part === null) lostFrom ??= block.number
      if (part === null || lostFrom !== null) continue
      digests.push(part.sha256)
      if (part.census) scanned.push(part.census)
      else without++
    }
    const hash = createHash('sha256')
    for (const digest of digests) hash.update(Buffer.from(digest, 'hex'))
    const starts = [...Array.from({ length: without }, () => null), ...blockStarts(scanned, one.bodyLine)]
    inputs.push({
      sha256: count === 1 ? (digests[0] ?? null) : null,
      sha256Blocks: lostFrom === null ? hash.digest('hex') : null,
      lostFrom,
      starts: [...starts, ...Array.from({ length: count - starts.length }, () => null)],
    })
  }
  const part: CutsPart = { inputs }
  await writeJson(countedFolder(work), `parts/${name}.json`, part)
}
