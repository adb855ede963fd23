/** Who read how many records, and how: what a statement may say of its signer, and no more. */

import type { RecordDecision } from '../model/review-event.ts'
import { count } from './result.ts'

export type ReaderReads = {
  /** Slug, as in the ledger. */
  readonly reader: string
  /** Different records of the sample, however often read. */
  readonly records: number
  /** Of these, as second reader, and as the one who decided between two. */
  readonly second: number
  readonly decided: number
}

/** By reader, sorted by slug; records outside the sample are not counted. */
export function readsOf(decisions: ReadonlyMap<string, RecordDecision>, sample: ReadonlySet<string>): readonly ReaderReads[] {
  const held = new Map<string, { readonly records: Set<string>; second: number; decided: number }>()
  for (const { record, readings } of decisions.values()) {
    if (!sample.has(record)) continue
    for (const { by, reading } of readings) {
      const own = held.get(by) ?? { records: new Set<string>(), second: 0, decided: 0 }
      held.set(by, own)
      own.records.add(record)
      if (reading === 'second') own.second++
      if (reading === 'adjudication') own.decided++
    }
  }
  return [...held]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reader, { records, second, decided }]) => ({ reader, records: records.size, second, decided }))
}

/** The name of a reader; who enrolled none is said to have none, so that nobody takes a slug for one. */
export function readerName(names: ReadonlyMap<string, string>, slug: string): string {
  return names.get(slug) ?? `reader without a name (${slug})`
}

/** "read 18 of the 83 records (4 as second reader, 1 decided between two)"; "read none of the 83 records". */
export function readWords({ records, second, decided }: Omit<ReaderReads, 'reader'>, sample: number): string {
  const how = [
    ...(second > 0 ? [`${count(second)} as second reader`] : []),
    ...(decided > 0 ? [`${count(decided)} decided between two`] : []),
  ]
  const of = `of the ${count(sample)} records`
  return records === 0 ? `read none ${of}` : `read ${count(records)} ${of}${how.length > 0 ? ` (${how.join(', ')})` : ''}`
}

export interface SignerReads {
  /** Printed name. */
  readonly name: string
  readonly own: Omit<ReaderReads, 'reader'>
  /** Everybody else who read, by the name to print. */
  readonly others: readonly ReaderReads[]
  /** Records of the sample. */
  readonly sample: number
}

/** "I, Dr. Rita Haas, read 18 of the 83 records. Others read: Mika Ito 65." */
export function signerSentence({ name, own, others, sample }: SignerReads): string {
  const mine = `I, ${name.trim() === '' ? '(your name)' : name.trim()}, ${readWords(own, sample)}.`
  const who = others.filter(({ records }) => records > 0).map(({ reader, records }) => `${reader} ${count(records)}`)
  return who.length === 0 ? `${mine} Nobody else read.` : `${mine} Others read: ${who.join(', ')}.`
}

export const noReads: Omit<ReaderReads, 'reader'> = { records: 0, second: 0, decided: 0 }
