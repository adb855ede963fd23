/** One cause behind many differences: at least 20 of a field with the same signature are named (data.md §12). */
import { compareText } from '../../../finding.ts'
import type { JudgedItem } from '../compare/judged-patient.ts'
import type { Pattern } from './result.ts'

const least = 20

type Kind = Pattern['kind']

export class Patterns {
  private readonly counts = new Map<
    string,
    { readonly field: string; readonly kind: Kind; readonly words: string; count: number }
  >()
  private readonly differences = new Map<string, number>()

  add(field: string, item: JudgedItem, index: number): void {
    this.differences.set(field, (this.differences.get(field) ?? 0) + 1)
    const found = signatureOf(item, index)
    if (found === null) return
    const key = `${field}\n${found.kind}\n${found.words}`
    const held = this.counts.get(key)
    if (held) held.count++
    else this.counts.set(key, { field, ...found, count: 1 })
  }

  result(): Pattern[] {
    return [...this.counts.values()]
      .filter(({ count }) => count >= least)
      .map((one) => ({ ...one, of: this.differences.get(one.field) ?? one.count }))
      .sort(
        (a, b) =>
          b.count - a.count || compareText(a.field, b.field) || compareText(a.kind, b.kind) || compareText(a.words, b.words),
      )
  }
}

function signatureOf(item: JudgedItem, index: number): { readonly kind: Kind; readonly words: string } | null {
  const outcome = item.outcomes[index]
  if (!outcome || !('kind' in outcome)) return null
  const fact = (name: string): number | null => {
    const value = outcome.facts.find((one) => one.name === name)?.value
    return typeof value === 'number' ? value : null
  }
  const hours = fact('hours')
  const days = fact('days')
  const factor = fact('factor')
  const characters = fact('characters in target')
  if (outcome.kind === 'date-swapped') return { kind: 'day-month-swap', words: 'Day and month changed places.' }
  if (hours !== null)
    return { kind: 'hour-shift', words: `Every time is ${hours > 0 ? 'later' : 'earlier'} by ${Math.abs(hours)} hours.` }
  if (outcome.kind === 'damaged') return { kind: 'encoding', words: 'Accented letters were read in another encoding.' }
  if (outcome.kind === 'zeros-lost') return { kind: 'leading-zeros', words: 'Leading zeros are gone.' }
  if (outcome.kind === 'cut' && characters !== null)
    return { kind: 'truncation', words: `Texts end after ${characters} characters.` }
  if (factor !== null) return { kind: 'factor', words: `Numbers are ${factor} times those of legacy.` }
  const other = swappedWith(item, index)
  if (other !== null) return { kind: 'swapped-columns', words: `It holds the value of ${other}.` }
  if (days !== null) return { kind: 'day-shift', words: `Dates are ${days > 0 ? 'later' : 'earlier'} by ${Math.abs(days)} days.` }
  return outcome.words.startsWith('Only its case') ? { kind: 'case', words: 'Only the case of letters differs.' } : null
}

/** Label of another field of the row whose value stands here. */
function swappedWith({ legacy, target, table }: JudgedItem, index: number): string | null {
  const value = target?.values[index]?.[0]
  if (!legacy || typeof value !== 'string' || value.length < 2) return null
  const at = legacy.carried.findIndex(
    (carried, i) => i !== index && (carried?.kind === 'text' || carried?.kind === 'date') && carried.text === value,
  )
  return at < 0 ? null : (table.fields[at]?.label ?? null)
}
