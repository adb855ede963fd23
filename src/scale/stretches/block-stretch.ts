/** Which stretch of an input the task of a block reads. */
import type { StretchPlace } from '../../core/data/read/stretches/stretch-gate.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { Block } from './blocks.ts'
import { lineFeed } from './find-cuts.ts'
import type { BlocksAsked, CutsPart, OpenedInput } from './opened.ts'

export type BlockStretch =
  /** Records of a table: `place` is where reading begins, null for the beginning of the table; the next stretch begins from `until` on. */
  | { readonly kind: 'table'; readonly place: StretchPlace | null; readonly until: number }
  /** Whole lines, with the number of those before them. */
  | { readonly kind: 'lines'; readonly byte: number; readonly line: number; readonly record: number; readonly to: number }

/** Null where the block has none: its input is read otherwise, no record begins in it, or nobody knows where. */
export async function stretchOfBlock(
  block: Block,
  opened: OpenedInput,
  { starts, lostFrom }: CutsPart['inputs'][number],
  { inputs }: BlocksAsked,
  source: ByteSource,
): Promise<BlockStretch | null> {
  if (!opened.isCut || (lostFrom !== null && block.number >= lostFrom)) return null
  const start = starts[block.number] ?? null
  if (opened.kind === 'lines') {
    const from = block.number === 0 ? { byte: 0, line: 1, record: 1 } : start
    const behind = lostFrom === null ? (inputs[block.input]?.bytes ?? 0) : await lineEnd(source, block.to)
    const to = starts[block.number + 1]?.byte ?? behind
    return from !== null && from.byte < to
      ? { kind: 'lines', byte: from.byte, line: from.line - 1, record: from.record, to }
      : null
  }
  // A block with the head alone has no stretch; the first one behind it begins where the table does.
  const isFirst = opened.bodyByte >= block.from && opened.bodyByte < block.to
  if (opened.kind !== 'table' || (!isFirst && start === null)) return null
  const isLast = lostFrom === null && (starts[block.number + 1] ?? null) === null
  return { kind: 'table', place: isFirst ? null : start, until: isLast ? Number.POSITIVE_INFINITY : block.to }
}

/** Offset behind the line that goes on at an offset. */
async function lineEnd(source: ByteSource, at: number): Promise<number> {
  let next = Math.max(0, at - 1)
  for await (const chunk of source.stream(next)) {
    const found = chunk.indexOf(lineFeed)
    if (found >= 0) return next + found + 1
    next += chunk.length
  }
  return next
}
