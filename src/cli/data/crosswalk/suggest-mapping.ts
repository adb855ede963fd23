/** `carryover map --suggest`: proposes a field map from what both sides hold, and writes it to be read, corrected and confirmed. */

import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { counted } from '../../../core/counted.ts'
import { type Mapping, writeFields, writeValueMap } from '../../../core/data/crosswalk/mapping/mapping.ts'
import type { Suggestion, TargetField } from '../../../core/data/crosswalk/plan/crosswalk.ts'
import type { PairSource } from '../../../core/data/crosswalk/plan/sides.ts'
import { type UncoveredColumns, uncoveredColumns } from '../../../core/data/crosswalk/plan/uncovered.ts'
import { suggestMapping } from '../../../core/data/crosswalk/suggest/suggest.ts'
import { tableFields } from '../../../core/data/crosswalk/suggest/target-fields.ts'
import type { JsonObject } from '../../../core/data/model/record.ts'
import { writeWhole } from '../../../io/files/whole-file.ts'
import { readSchemaFiles } from '../../inputs/schema-files.ts'
import { exitCode } from '../../shell/exit-codes.ts'
import { resultOf } from '../../shell/interruptible.ts'
import { printAside, printOut } from '../../shell/print.ts'

export interface SuggestOptions {
  readonly suggest: string
  readonly shapes: boolean
  readonly schema: readonly string[]
  readonly format: string
  readonly quiet: boolean
}

const none: Mapping = { fields: [], values: new Map() }

/** Writes FILE and, beside it, `values/` with what the data show of value maps; gives the exit code. */
export async function writeSuggestions(
  inputs: readonly PairSource[],
  mapping: Mapping | null,
  options: SuggestOptions,
): Promise<number> {
  const targets = (await readSchemaFiles(options.schema)).flatMap(({ schema }) => fieldsOf(schema))
  const done = await resultOf(
    (signal) => suggestMapping({ inputs, mapping: mapping ?? none, targets, shapes: options.shapes }, signal),
    options.quiet,
  )
  if (done === null) {
    printAside('Interrupted; nothing was written.\n')
    return exitCode.interrupted
  }
  const found = done.value
  await mkdir(dirname(options.suggest), { recursive: true })
  await writeWhole(options.suggest, writeFields(found.map(({ line }) => line)), true)
  for (const { values } of found) {
    if (values === null) continue
    const folder = join(dirname(options.suggest), 'values')
    await mkdir(folder, { recursive: true })
    await writeWhole(join(folder, `${values.name}.csv`), writeValueMap(values), true)
  }
  const lines = [...(mapping ?? none).fields, ...found.map(({ line }) => line)]
  const uncovered = await uncoveredColumns(inputs, lines, new AbortController().signal)
  printOut(
    options.format === 'json'
      ? `${JSON.stringify({ suggestions: found.map(shown), uncovered }, null, 2)}\n`
      : `${textOf(found, options.suggest)}${uncoveredText(uncovered)}`,
  )
  return 0
}

/** Columns of every table that a schema describes. */
function fieldsOf(schema: JsonObject): readonly TargetField[] {
  const resources = Array.isArray(schema.resources) ? (schema.resources as readonly JsonObject[]) : [schema]
  return resources.flatMap((one) => {
    const inside = one.schema
    const table = typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? (inside as JsonObject) : one
    return typeof one.name === 'string' ? tableFields(one.name, table) : []
  })
}

const shown = ({ line, score, evidence, alternatives }: Suggestion) => ({
  table: line.source,
  column: line.fields.join(' + '),
  rule: line.rule,
  params: Object.fromEntries(line.params),
  target: line.target,
  reason: line.reason,
  score,
  evidence,
  alternatives,
})

function textOf(found: readonly Suggestion[], file: string): string {
  const lines = found.map(({ line, score, evidence }) => {
    const to = line.target === '' ? (line.rule === '' ? 'left behind' : line.rule) : line.target
    const why = evidence.map(({ words }) => words).join('; ')
    return `${line.source === '' ? 'target' : line.source}.${line.fields.join(' + ')} → ${to} (${Math.round(score * 100)} %): ${why}`
  })
  return `${lines.join('\n')}\n${counted(found.length, 'line')} proposed in ${file}. Nothing is confirmed: read them, write confirmed and your name, or not-carried and a reason.\n`
}

function uncoveredText({ legacy, target }: UncoveredColumns): string {
  const line = (names: readonly string[], words: string): string => (names.length === 0 ? '' : `${words}: ${names.join(', ')}.\n`)
  const [ofLegacy, ofTarget] = [counted(legacy.length, 'legacy column'), counted(target.length, 'column')]
  return `${line(legacy, `No line speaks of ${ofLegacy}`)}${line(target, `No line fills ${ofTarget} of the target`)}`
}
