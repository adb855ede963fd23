/** Who gets which defect or look-alike: drawn block by block, so that any size of sample is planned in bounded memory. */
import { seededRandom } from '../../src/core/random.ts'
import { defects } from './defects.ts'
import { lookAlikes } from './look-alikes.ts'
import type { Defect, LookAlike } from './plant.ts'

/** Patients per block; every kind is planted once in a full block. */
export const blockSize = 400

export type Special =
  | { readonly benign: false; readonly kind: Defect; readonly bystander: number }
  | { readonly benign: true; readonly kind: LookAlike; readonly bystander: number }

/** The special patients of one block by position; a block too small for every kind holds as many as leave each a bystander. */
export function planBlock(seed: string, block: number, patients: number): Map<number, Special> {
  const random = seededRandom(`${seed}/block/${block}`)
  const start = block * blockSize
  const order = Array.from({ length: Math.min(blockSize, patients - start) }, (_, i) => start + i)
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const held = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = held
  }
  const plan = new Map<number, Special>()
  const slots = Math.min(2 * Math.max(defects.length, lookAlikes.length), Math.floor(order.length / 2))
  for (let slot = 0; slot < slots; slot++) {
    const index = order[slot] ?? 0
    const bystander = order[order.length - 1 - slot] ?? 0
    const turn = (slot >> 1) + block
    if (slot % 2 === 0) {
      const kind = slot >> 1 < defects.length ? defects[turn % defects.length] : undefined
      if (kind) plan.set(index, { benign: false, kind, bystander })
    } else {
      const kind = slot >> 1 < lookAlikes.length ? lookAlikes[turn % lookAlikes.length] : undefined
      if (kind) plan.set(index, { benign: true, kind, bystander })
    }
  }
  return plan
}
