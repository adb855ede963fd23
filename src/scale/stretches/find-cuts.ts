/** Where the records of an input begin: each block scanned by itself, then all of them put together. */
import { createHash } from 'node:crypto'
import { type BlockCensus, blockStarts, censusOf, joined } from '../../core/data/read/stretches/census.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { TaskWork } from '../spread-verb.ts'
import { nameOf, type Task } from '../tasks.ts'
import { readJson, writeJson } from '../work-folder.ts'
import { blocksOf, scansOf } from './blocks.ts'
import { countedFolder } from './counted-folder.ts'
import { type BlocksAsked, type CutsPart, openPartOf } from './opened.ts'

export const lineFeed = 10

/** What is written of the blocks that a task scanned. */
interface CensusPart {
  /** Of all of them together. */
  readonly sha256: string
  /** By block; null where no record can begin in it. */
  readonly censuses: readonly (BlockCensus | null)[]
}

/** A task of the census: the digest of some blocks that follow each other, and for each of them where its records begin. */
export async function scanBlocks(
  { stage, index }: Pick<Task, 'stage' | 'index'>,
  asked: BlocksAsked,
  inputs: readonly { readonly source: ByteSource }[],
  work: TaskWork,
): Promise<void> {
  const scan = scansOf(asked)[index]
  const source = scan && inputs[scan.input]?.source
  if (!scan || !source) throw new Error('The plan has no such block')
  const opened = (await openPartOf(work.folder)).inputs[scan.input]
  const bodyByte = opened?.isCut === true ? opened.bodyByte : Number.POSITIVE_INFINITY
  const hash = createHash('sha256')
  const censuses: (BlockCensus | null)[] = []
  const endOf = (from: number): number => Math.min(scan.to, from + asked.blockBytes)
  let end = endOf(scan.from)
  let census: BlockCensus | null = null
  let at = scan.from
  let before = lineFeed
  if (scan.from > bodyByte) for await (const chunk of source.stream(scan.from - 1, scan.from)) before = chunk.at(-1) ?? lineFeed
  for await (const chunk of source.passing?.(scan.from, scan.to) ?? source.stream(scan.from, scan.to)) {
    work.read(chunk.length)
    hash.update(chunk)
    for (let rest = chunk; rest.length > 0; ) {
      const part = rest.subarray(0, end - at)
      rest = rest.subarray(part.length)
      const skip = Math.max(0, bodyByte - at)
      if (opened && skip < part.length) {
        // Node finds a byte in a Buffer several times as fast.
        const bytes = Buffer.from(part.buffer, part.byteOffset, part.length).subarray(skip)
        const own = censusOf(bytes, before, at + skip, opened)
        census = census === null ? own : joined(census, own)
        before = part.at(-1) ?? before
      }
      at += part.length
      if (at < end) continue
      censuses.push(census)
      census = null
      end = endOf(end)
    }
  }
  if (at < end || censuses.length === 0) censuses.push(census)
  const part: CensusPart = { sha256: hash.digest('hex'), censuses }
  await writeJson(countedFolder(work), `parts/${nameOf({ stage, index })}.json`, part)
}

/** A task over an input that is not cut: nothing is read of it. */
export async function passOver(name: string, work: TaskWork): Promise<void> {
  const part: CensusPart = { sha256: '', censuses: [] }
  await writeJson(countedFolder(work), `parts/${name}.json`, part)
}

/** Puts the blocks of each input together: its digest, and where reading can begin. */
export async function joinBlocks(name: string, asked: BlocksAsked, work: TaskWork): Promise<void> {
  const { inputs: opened } = await openPartOf(work.folder)
  const blocks = blocksOf(asked)
  const inputs: CutsPart['inputs'][number][] = []
  for (const [input, one] of opened.entries()) {
    const digests: string[] = []
    const scanned: BlockCensus[] = []
    let without = 0
    let scans = 0
    let lostFrom: number | null = null
    for (const [index, scan] of scansOf(asked).entries()) {
      if (scan.input !== input) continue
      const part = (await readJson(work.folder, `parts/${nameOf({ stage: 'census', index })}.json`)) as CensusPart | null
      scans++
      if (part === null) lostFrom ??= scan.from / asked.blockBytes
      if (part === null || lostFrom !== null) continue
      digests.push(part.sha256)
      for (const census of part.censuses)
        if (census) scanned.push(census)
        else without++
    }
    const count = blocks.filter((block) => block.input === input).length
    const hash = createHash('sha256')
    for (const digest of digests) hash.update(Buffer.from(digest, 'hex'))
    const starts = [...Array.from({ length: without }, () => null), ...blockStarts(scanned, one.bodyLine)]
    inputs.push({
      sha256: scans === 1 ? (digests[0] ?? null) : null,
      sha256Blocks: lostFrom === null ? hash.digest('hex') : null,
      lostFrom,
      starts: [...starts, ...Array.from({ length: count - starts.length }, () => null)],
    })
  }
  const part: CutsPart = { inputs }
  await writeJson(countedFolder(work), `parts/${name}.json`, part)
}
