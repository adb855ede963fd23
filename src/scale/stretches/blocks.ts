/** Blocks of the inputs of a run: what one task reads. */
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
