/** Why the columns of a table have fewer cells than the table has records. */
import { uncountedWords } from './reading-words.ts'

export function Uncounted(props: { readonly records: number; readonly counted: number }) {
  const words = uncountedWords(props.records, props.counted)
  return words && <p className="muted">{words}</p>
}
