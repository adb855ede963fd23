/** What each side knows of the facts: rounded on one side, in another unit on the target, times cut to what is kept. */
import type { Choices, Precision } from './choices.ts'
import type { Entry, Kind, Value } from './facts.ts'
import { converted, rounded } from './formats.ts'

export function precisionOf(choices: Choices, side: 'legacy' | 'target', kind: Kind): Precision {
  const kept: Readonly<Record<string, Precision>> = side === 'legacy' ? choices.legacyPrecision : choices.targetPrecision
  return kept[kind] ?? 'time'
}

/** No coarser than laboratories report it: potassium in whole numbers would be a loss, not a rounding. */
function decimalsAfter(choices: Choices, value: Value & { readonly kind: 'quantity' }): number {
  return Math.max(choices.roundTo, value.measure.decimals)
}

export function legacyValue(choices: Choices, value: Value): Value {
  if (value.kind !== 'quantity' || choices.rounding !== 'legacy') return value
  return { ...value, number: rounded(value.number, decimalsAfter(choices, value)) }
}

/** Made of what legacy has where the target rounds or converts, else of the facts. */
export function targetValue(choices: Choices, value: Value): Value {
  if (value.kind !== 'quantity') return value
  const { other } = value.measure
  if (choices.convert && other) {
    const source = legacyValue(choices, value)
    if (source.kind !== 'quantity') return source
    return { ...source, number: converted(source.number, value.unit, other.unit, other.decimals), unit: other.unit }
  }
  return choices.rounding === 'target' ? { ...value, number: rounded(value.number, decimalsAfter(choices, value)) } : value
}

/** Legacy times to the minute, where the old system keeps no seconds, are what the target was filled from. */
export function targetEntry(choices: Choices, entry: Entry): Entry {
  const minutes = choices.time === 'month-first' || choices.time === 'am-pm'
  const cut = (at: number): number => (minutes ? Math.floor(at / 60_000) * 60_000 : at)
  return {
    ...entry,
    start: cut(entry.start),
    end: entry.end === null ? null : cut(entry.end),
    value: entry.value === null ? null : targetValue(choices, entry.value),
  }
}
