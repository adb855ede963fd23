/** Lists without a limit: every place of one finding, or every rejected record of a file, made by reading the files again. Nothing is kept. */
import { Cancelled, type Update } from '../../operation.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import type { ValidatePartial, ValidateResult } from '../model/validation.ts'
import { AllRows, rowColumns, type WantedRows } from '../report/all-rows.ts'
import { RejectedRecords } from '../report/rejected-records.ts'
import { hasRejects, rejectSource } from '../report/source-of-input.ts'
import { type RejectTotals, rejectsOf } from '../report/written-rejects.ts'
import { type CreateJudge, validate } from './validate.ts'
import type { ValidateInput } from './validate-input.ts'

export type ExportWanted =
  /** `reveal` writes values, too; they are those of patients. */
  | { readonly kind: 'rows'; readonly rows: WantedRows; readonly paths: readonly string[]; readonly reveal: boolean }
  /** `input` is the index of the file. */
  | { readonly kind: 'rejects'; readonly input: number }

export interface ExportInput {
  readonly run: ValidateInput
  readonly wanted: ExportWanted
}

/** A stretch of one of the files that are written: `rows` or `codes` as text, `records` as the bytes they have in the source. */
export type ExportChunk =
  | { readonly file: 'rows' | 'codes'; readonly text: string }
  | { readonly file: 'records'; readonly bytes: Uint8Array }

export interface ExportResult {
  /** Places written, or null. */
  readonly rows: number | null
  readonly totals: RejectTotals | null
}

/** Reads the files once for a list of places, once and the rejected file again for its records. */
export async function* exportAll(
  { run, wanted }: ExportInput,
  signal: AbortSignal,
  judge: CreateJudge,
): AsyncGenerator<Update<ExportChunk, ExportResult>> {
  if (wanted.kind === 'rows') {
    const watch = new AllRows(wanted.rows, wanted.paths, wanted.reveal)
    yield { kind: 'partial', value: { file: 'rows', text: `${csvLine(rowColumns, 'spreadsheet')}\r\n` } }
    for await (const update of validate({ ...run, observer: watch, maxRows: 1 }, signal, judge)) {
      const text = watch.take()
      if (text !== '') yield { kind: 'partial', value: { file: 'rows', text } }
      if (update.kind === 'progress') yield update
    }
    yield { kind: 'result', value: { rows: watch.count, totals: null } }
    return
  }
  yield* rejects(run, wanted.input, signal, judge)
}

async function* rejects(
  run: ValidateInput,
  index: number,
  signal: AbortSignal,
  judge: CreateJudge,
): AsyncGenerator<Update<ExportChunk, ExportResult>> {
  const watch = new RejectedRecords()
  const result = yield* progressOf(validate({ ...run, observer: watch, maxRows: 1 }, signal, judge))
  const format = result.inputs[index]?.format ?? null
  const given = rejectSource(run.inputs, result, index)
  if (!given) throw new Error(`There is no input ${index}`)
  if (!hasRejects(format))
    throw new Error(
      `Records of ${given.source.name} do not stand by themselves, so some of them can not be written without the others.`,
    )
  const codesOf = watch.reader(index, format === 'ndjson' ? 'line' : 'record')
  for await (const update of rejectsOf({ source: given.source, format, reading: given.reading, codesOf }, signal))
    if (update.kind === 'bytes') yield { kind: 'partial', value: { file: 'records', bytes: update.bytes } }
    else if (update.kind === 'codes') yield { kind: 'partial', value: { file: 'codes', text: update.text } }
    else if (update.kind === 'progress')
      yield { kind: 'progress', done: update.done, total: given.source.size, unit: 'bytes', label: given.source.name }
    else yield { kind: 'result', value: { rows: null, totals: update.totals } }
}

/** Passes progress on and gives the result. */
async function* progressOf(
  updates: AsyncIterable<Update<ValidatePartial, ValidateResult>>,
): AsyncGenerator<Update<never, never>, ValidateResult> {
  for await (const update of updates)
    if (update.kind === 'progress') yield update
    else if (update.kind === 'result') return update.value
  throw new Cancelled()
}
