/** Blocks of the inputs of a run: what one task reads. */
import type { RunPlan } from '../plan.ts'
import type { BlocksAsked } from './opened.ts'

export interface Block {
  readonly input: number
  /** Number of the block within its input, from 0. */
  readonly number: number
  readonly from: number
  readonly to: number
}

/** An input has one block at least, so that an empty file is somebody's. */
export function blocksOf({ inputs, blockBytes }: BlocksAsked): Block[] {
  return inputs.flatMap(({ bytes }, input) =>
    Array.from({ length: Math.max(1, Math.ceil(bytes / blockBytes)) }, (_, number) => ({
      input,
      number,
      from: number * blockBytes,
      to: Math.min(bytes, (number + 1) * blockBytes),
    })),
  )
}

/** What the tasks of the census read: whole blocks together, where the digest of an input counts more bytes than a block. */
export function scansOf({ inputs, blockBytes, scanBytes }: BlocksAsked): Block[] {
  return blocksOf({ inputs, blockBytes: scanBytes ?? blockBytes })
}

/** The stages with which every run begins: what the inputs are, and where their records can be cut. */
export function firstStages(asked: BlocksAsked): RunPlan['stages'] {
  return [
    { name: 'open', tasks: 1 },
    { name: 'census', tasks: scansOf(asked).length },
    { name: 'cuts', tasks: 1 },
  ]
}
