/** The null dictionary of one table: what its schema and the person who reads it declared, column by column. */
import type { JsonObject } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'
import { declaredEntry, entriesOfMissingValues, type NullEntry } from './dictionary.ts'

/**
 * Tokens of a column with their reasons. `tokens` are the spellings that count as null there, as the compiled schema says; reasons are read
 * from the labels of `missingValues` of the field or the table. The empty cell is one of them unless the schema leaves it out.
 */
export function nullEntries(
  table: string,
  field: string,
  tokens: readonly string[],
  schema: JsonObject | null,
  reading: ReadingChoices,
): NullEntry[] {
  const subject = `${table} ${field}`
  const labelled = [
    ...entriesOfMissingValues(fieldOf(schema, field)?.missingValues, subject),
    ...entriesOfMissingValues(schema?.missingValues, subject),
  ]
  const entries: NullEntry[] = []
  for (const token of [...tokens, ...(reading.nulls ?? [])]) {
    const entry = labelled.find((known) => known.token === token) ?? declaredEntry(token, null, subject)
    if (entry && !entries.some((known) => known.token === token)) entries.push(entry)
  }
  return entries
}

function fieldOf(schema: JsonObject | null, field: string): JsonObject | null {
  const fields = schema?.fields
  if (!Array.isArray(fields)) return null
  for (const candidate of fields)
    if (typeof candidate === 'object' && candidate !== null && candidate.name === field) return candidate as JsonObject
  return null
}
