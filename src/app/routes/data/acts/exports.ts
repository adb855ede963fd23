/** What leaves the findings of a run: reports without values, a worklist for others, and lists that read the files again. */

import { type WorkItem, worklistCsv, worklistOf } from '../../../../core/data/baseline/worklist.ts'
import { AllRows, rowColumns } from '../../../../core/data/report/all-rows.ts'
import { type ReportDocument, reportOf } from '../../../../core/data/report/document.ts'
import { reportFormats } from '../../../../core/data/report/index.ts'
import type { ReportFinding } from '../../../../core/data/report/report-finding.ts'
import { comparedFindings, withBaseline } from '../../../../core/data/report/with-baseline.ts'
import type { ExportChunk, ExportResult, ExportWanted } from '../../../../core/data/validate/export-all.ts'
import { type Finding, severities } from '../../../../core/finding.ts'
import { Cancelled } from '../../../../core/operation.ts'
import type { RunSummary } from '../../../../core/project/format/run.ts'
import { wordingOf } from '../../../../core/project/reports/wording.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { csvLine } from '../../../../core/values/spreadsheet.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { wallNow } from '../../../session/ledger.ts'
import { openProject, type RunDetail, setWorkspace, workspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { validateInput } from './run.ts'

declare const __VERSION__: string

export type ReportFormat =
  | 'csv'
  | 'csv-machine'
  | 'json'
  | 'sarif'
  | 'junit'
  | 'html'
  | 'markdown'
  | 'operationoutcome'
  | 'frictionless'

const endings: Readonly<Record<ReportFormat, readonly [ending: string, type: string]>> = {
  csv: ['csv', 'text/csv'],
  'csv-machine': ['machine.csv', 'text/csv'],
  json: ['json', 'application/json'],
  sarif: ['sarif', 'application/sarif+json'],
  junit: ['junit.xml', 'application/xml'],
  html: ['html', 'text/html'],
  markdown: ['md', 'text/markdown'],
  operationoutcome: ['operation-outcome.json', 'application/fhir+json'],
  frictionless: ['frictionless.json', 'application/json'],
}

/** Hands out the findings of a run in one format, without values; `against` is the run they are compared with. */
export function exportReport(format: ReportFormat, run: RunDetail, against: RunSummary | null): void {
  const report = reportOfRun(run, against)
  const [ending, type] = endings[format]
  const write = reportFormats.get(format)
  if (report && write) download(`findings-run-${run.summary.number}.${ending}`, write(report), type)
}

/** What somebody else has to mend: no values, no record numbers. */
export function exportWorklist(run: RunDetail): void {
  const report = reportOfRun(run, null)
  if (!report) return
  const items: readonly WorkItem[] = worklistOf(
    comparedFindings(report).map((finding, index) => ({ ...finding, safety: report.findings[index]?.safety ?? null })),
    { accepted: openProject().baseline, asOf: wallNow(), wordsOf: wordingOf },
  )
  download(`worklist-run-${run.summary.number}.csv`, worklistCsv(items), 'text/csv')
}

function reportOfRun({ validation, pairing, summary, read }: RunDetail, against: RunSummary | null): ReportDocument | null {
  if (!validation) return null
  const findings: readonly Finding[] = [...validation.findings, ...(pairing?.findings ?? [])]
  const counts = { ...validation.summary }
  for (const severity of severities)
    for (const finding of pairing?.findings ?? []) if (finding.severity === severity) counts[severity] += finding.count
  const whole = {
    ...validation,
    findings,
    summary: counts,
    notEvaluated: [...validation.notEvaluated, ...(pairing?.notEvaluated ?? [])],
  }
  const report = reportOf(whole, {
    version: __VERSION__,
    run: { started: summary.started, seconds: 0 },
    paths: read.map(({ name }) => name),
    reveal: false,
  })
  const worded = { ...report, partial: summary.partial, findings: report.findings.map(withWords).map(withoutIds) }
  const before = against?.findings.filter(({ code }) => code.startsWith('data/')) ?? null
  return withBaseline(worded, { before, accepted: openProject().baseline, asOf: wallNow(), newOnly: false })
}

/** Codes of the comparison have their words in another wing than those of the checks. */
function withWords(finding: ReportFinding): ReportFinding {
  const words = finding.title === finding.code ? wordingOf(finding.code) : null
  return words ? { ...finding, title: words.title, why: words.why, remedy: words.remedy } : finding
}

/** Logical ids of resources can be record numbers of patients: what is sent names places by record, line and byte alone. */
function withoutIds(finding: ReportFinding): ReportFinding {
  const isId = ({ name }: { readonly name: string }): boolean => /\bid$/i.test(name)
  return {
    ...finding,
    rows: finding.rows.map((row) => ({ ...row, id: null, facts: row.facts.filter((fact) => !isId(fact)) })),
  }
}

/** Every place of one finding, read from the files again; values only where they are shown on screen, too. */
export async function exportAllRows(finding: Finding, reveal: boolean): Promise<void> {
  const { run } = workspace()
  if (!run) return
  const rows = { code: finding.code, place: finding.place }
  const paths = run.read.map(({ name }) => name)
  if (run.pairing?.findings.includes(finding)) {
    exportKeptRows(finding, new AllRows(rows, paths, reveal))
    return
  }
  const wanted: ExportWanted = { kind: 'rows', rows, paths, reveal }
  const made = await streamAgain('Reading all rows of a finding', wanted)
  if (made) download(`${finding.code.replace('/', '-')}-rows.csv`, new Blob(made.rows), 'text/csv')
}

/** The places that a comparison keeps; what it does not keep is said. */
function exportKeptRows(finding: Finding, list: AllRows): void {
  for (const sighting of finding.sample) list.see(sighting, finding.place, finding.severity)
  download(`${finding.code.replace('/', '-')}-rows.csv`, `${csvLine(rowColumns, 'spreadsheet')}\r\n${list.take()}`, 'text/csv')
  if (finding.truncated)
    setWorkspace({
      done: `${finding.sample.length} of ${finding.count} ${finding.sample.length === 1 ? 'place was' : 'places were'} written: a comparison keeps no more.`,
    })
}

/** The records of one file that were not accepted: their bytes unchanged, and a list of places and codes beside them. */
export async function exportRejects(input: number, name: string): Promise<void> {
  const made = await streamAgain(`Collecting rejected records of ${name}`, { kind: 'rejects', input })
  if (!made) return
  // Rows of a sheet or dump leave as text: the name of a workbook would promise a workbook.
  const base = name
    .replace(/\.(?:xls[xm]|sql(?:\.gz)?|parquet)(?:\/(.*))?$/i, (_, sheet) => `${sheet ? `-${sheet}` : ''}.csv`)
    .replace(/^.*\//, '')
  download(`rejected-${base}`, new Blob(made.records), 'application/octet-stream')
  download(`rejected-${base}.codes.csv`, new Blob(made.codes), 'text/csv')
  const { totals } = made.result
  if (totals)
    setWorkspace({
      done: `${totals.rejected} of ${totals.read} records were rejected, ${totals.accepted} accepted. Both files hold data of patients.`,
    })
}

interface Streamed {
  readonly rows: BlobPart[]
  readonly records: BlobPart[]
  readonly codes: BlobPart[]
  readonly result: ExportResult
}

async function streamAgain(label: string, wanted: ExportWanted): Promise<Streamed | null> {
  const { project, files } = workspace()
  if (!project) return null
  const job = begin(label)
  const parts = { rows: [] as BlobPart[], records: [] as BlobPart[], codes: [] as BlobPart[] }
  setWorkspace({ problem: null })
  try {
    const run = validateInput({ project, files })
    for await (const update of jobs.exportAll({ run, wanted }, job.signal)) {
      if (update.kind === 'progress') job.show({ label, done: update.done, total: update.total, unit: 'bytes' })
      else if (update.kind === 'partial') keepPart(parts, update.value)
      else return { ...parts, result: update.value }
    }
    throw new Cancelled()
  } catch (error) {
    if (job.stillHere())
      setWorkspace({
        problem:
          error instanceof Cancelled ? `${label} was cancelled; nothing was written.` : `${label} failed: ${errorWords(error)}`,
      })
    return null
  } finally {
    job.end()
  }
}

function keepPart(parts: Record<ExportChunk['file'], BlobPart[]>, chunk: ExportChunk): void {
  parts[chunk.file].push('text' in chunk ? chunk.text : new Uint8Array(chunk.bytes))
}
