/** Values of a log's other columns as a list offers them: whatever stands in them may be about a person, so they are masked like all values. */
import { formatNumber } from '../../../components/format.ts'

/** Numbered, since masked values look alike; most frequent first, as given. */
export function valueOptions(
  values: readonly { readonly value: string; readonly n: number }[],
  show: (text: string) => string,
): readonly { readonly id: string; readonly label: string }[] {
  return values.map(({ value, n }, at) => ({ id: String(at), label: `${at + 1}: ${show(value)} (${formatNumber(n)})` }))
}
