/** Cases that do the same activities in the same order. */
import type { Instances } from './instances.ts'

export interface Variant {
  /** Activities by number. */
  readonly trace: readonly number[]
  /** Cases by number, in the order of the log. */
  readonly cases: readonly number[]
}

/** Most frequent first; equals in the order in which they are first met. Cases without events are a variant of their own. */
export function variantsOf(instances: Instances): readonly Variant[] {
  const found = new Map<string, { trace: number[]; cases: number[] }>()
  const { caseStart, activity } = instances
  for (let c = 0; c + 1 < caseStart.length; c++) {
    const trace = activity.subarray(caseStart[c], caseStart[c + 1])
    const key = keyOf(trace)
    const known = found.get(key)
    if (known) known.cases.push(c)
    else found.set(key, { trace: [...trace], cases: [c] })
  }
  return [...found.values()].sort((a, b) => b.cases.length - a.cases.length)
}

function keyOf(trace: Int32Array): string {
  let key = ''
  for (const activity of trace) key += activity < 0xd800 ? String.fromCharCode(activity) : `\u{fffe}${activity} `
  return key
}
