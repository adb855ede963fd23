/** What it costs to make a key of a passphrase, by argon2id: what is written today, and what a file may ask for. */
import type { Bytes } from './bytes.ts'

/** How a passphrase becomes a key; the numbers stand in the file. */
export interface PassphraseCost {
  readonly memoryKiB: number
  readonly passes: number
}

/** argon2id, one lane, 32 bytes; compiled code lives where a policy allows it. */
export type StretchPassphrase = (passphrase: string, salt: Bytes, cost: PassphraseCost) => Promise<Uint8Array>

export const sealedCost: PassphraseCost = { memoryKiB: 65_536, passes: 3 }

/** A file that asks for more than this is refused: it would hold up the machine, not protect anything. What is written here is never more. */
export const greatestCost: PassphraseCost = { memoryKiB: sealedCost.memoryKiB, passes: 16 }
export const leastCost: PassphraseCost = { memoryKiB: 1_024, passes: 1 }
