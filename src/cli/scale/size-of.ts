/** Sizes as people write them. */
import { UsageError } from '../shell/usage-error.ts'

/** `64M` and the like, in bytes. */
export function sizeOf(text: string): number {
  const found = /^([1-9]\d*)([KMG]?)$/.exec(text)
  if (!found) throw new UsageError(`A size got "${text}"; it takes bytes, or a number with K, M or G, such as 256M.`)
  const unit = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[found[2] ?? ''] ?? 1
  return Number(found[1]) * unit
}
