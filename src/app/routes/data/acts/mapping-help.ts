/** What helps with the mapping: proposals for open columns, the rules on real rows, and what is wrong with the map before any row is read. */

import { create } from 'zustand'
import type { MappingEdit } from '../../../../core/data/crosswalk/edit.ts'
import type { FieldLine, Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import type { MappingFinding, PreviewResult, Suggestion, TargetField } from '../../../../core/data/crosswalk/plan/crosswalk.ts'
import { mappingFindings } from '../../../../core/data/crosswalk/records/required.ts'
import { tableFields } from '../../../../core/data/crosswalk/suggest/target-fields.ts'
import { loadDefinitions } from '../../../../core/data/fhir/definitions/packs.ts'
import type { JsonObject } from '../../../../core/data/model/record.ts'
import { isTableFormat, type Side } from '../../../../core/data/model/source.ts'
import { Cancelled, finish } from '../../../../core/operation.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { useKnownShapes } from '../../../session/known-shapes.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { withLaterTables } from './later-tables.ts'
import { changeMapping, readOpenMapping } from './mapping.ts'
import { startZip } from './zip.ts'

interface Help {
  /** By table and column; kept while the project is open, because the lines they made lead back to them. */
  readonly suggestions: ReadonlyMap<string, Suggestion>
}

export const useMappingHelp = create<Help>()(() => ({ suggestions: new Map() }))

/** How certain a proposed line is, 0 to 1; null where it was not proposed in this visit, or was changed since. */
export function certaintyOf(line: FieldLine, suggestions: Help['suggestions']): number | null {
  const suggestion = suggestionOf(suggestions, line)
  return suggestion && suggestion.line.target === line.target ? suggestion.score : null
}

export function nameOfLine({ source, fields }: Pick<FieldLine, 'source' | 'fields'>): string {
  return `${source}.${fields.join(' + ')}`
}

/** Proposes a target for every column that nobody has decided about; one step of undo takes all proposals back. Gives how many lines are proposed. */
export async function suggestLines(): Promise<number> {
  const { project, files } = workspace()
  if (!project) return 0
  const label = 'Proposing targets'
  const job = begin(label)
  job.show({ done: 0, total: 0, unit: 'records' })
  try {
    const { mapping } = readOpenMapping(project.mapping)
    const inputs = [...inputsOf('legacy', project, files), ...inputsOf('target', project, files)]
    const shapes = useKnownShapes.getState().allowed
    const suggestions = await finish(jobs.suggest({ inputs, mapping, targets: targetFields(project), shapes }, job.signal))
    if (!job.stillHere()) return 0
    const taken = takeSuggestions(suggestions)
    setWorkspace({
      done:
        taken === 0
          ? 'No target comes close enough to propose it.'
          : `${formatCount(taken, 'line is', 'lines are')} proposed, each with its evidence. Nothing is confirmed.`,
    })
    return taken
  } catch (error) {
    if (job.stillHere() && !(error instanceof Cancelled)) setWorkspace({ problem: `Proposing failed: ${errorWords(error)}` })
    return 0
  } finally {
    job.end()
  }
}

function takeSuggestions(suggestions: readonly Suggestion[]): number {
  const { mapping } = readOpenMapping(openProject().mapping)
  const filled = new Set<number>()
  const lines = suggestions.flatMap(({ line }): MappingEdit[] => {
    // What waits to be looked at is not proposed over.
    if (mapping.fields.some((one) => one.status === 'suggested' && nameOfLine(one) === nameOfLine(line))) return []
    // A line that waits for a target takes the first proposal, further ones stand beside it.
    const at = mapping.fields.findIndex(
      (one, i) => one.status === 'unmapped' && !filled.has(i) && nameOfLine(one) === nameOfLine(line),
    )
    if (at < 0) return [{ kind: 'add-line', line }]
    filled.add(at)
    return [{ kind: 'set-line', at, line }]
  })
  const maps = suggestions.flatMap(({ values }): MappingEdit[] =>
    values === null || mapping.values.has(values.name) ? [] : [{ kind: 'set-map', map: values.name, value: values }],
  )
  if (lines.length === 0 || !changeMapping({ kind: 'together', edits: [...lines, ...maps] })) return 0
  useMappingHelp.setState({ suggestions: new Map(suggestions.flatMap((each) => namesOf(each.line).map((name) => [name, each]))) })
  return lines.length
}

/** A line is known by its target too; where that was changed, by its column. */
function namesOf(line: FieldLine): readonly string[] {
  return [nameOfLine(line), `${nameOfLine(line)} ${line.target}`]
}

export function suggestionOf(suggestions: Help['suggestions'], line: FieldLine): Suggestion | undefined {
  return suggestions.get(`${nameOfLine(line)} ${line.target}`) ?? suggestions.get(nameOfLine(line))
}

/** Columns of target tables: from their schema, else from what was read of them. */
function targetFields(project: Project): readonly TargetField[] {
  const { run } = workspace()
  return project.sources
    .filter(({ side, format }) => side === 'target' && isTableFormat(format))
    .flatMap((source) => {
      const schema = source.schema === null ? undefined : project.schemas.get(source.schema)
      if (isObject(schema)) return tableFields(source.table, schema)
      const header = run?.validation?.inputs.find((input) => input.side === 'target' && input.name === source.name)?.structure
        ?.header
      return (header ?? []).map((name) => ({
        target: `${source.table}.${name}`,
        type: 'string',
        required: false,
        description: '',
        values: [],
      }))
    })
}

/** What is wrong with the map as it stands. */
export async function judgeMapping(mapping: Mapping): Promise<readonly MappingFinding[]> {
  return mappingFindings(mapping, await loadDefinitions())
}

/** Up to 20 rows of a table before and after the rules, `shown` taken as if it were confirmed. Values are those of patients. */
export async function previewTable(
  mapping: Mapping,
  shown: number | null,
  table: string,
  signal: AbortSignal,
): Promise<PreviewResult | string> {
  const { project, files } = workspace()
  const input = project && inputsOf('legacy', project, files).find((each) => each.table === table)
  if (!input) return 'The file of this table is not open in this session.'
  const line = shown === null ? undefined : mapping.fields[shown]
  const tried: Mapping =
    line && shown !== null && line.target !== ''
      ? {
          ...mapping,
          fields: mapping.fields.with(shown, { ...line, status: 'confirmed', by: line.by === '' ? 'preview' : line.by }),
        }
      : mapping
  const job = begin('Preview of the mapping')
  const stop = (): void => job.cancel()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await finish(jobs.previewMapping({ input, mapping: tried }, job.signal))
  } finally {
    job.end()
  }
}

/** Runs the mapping over the legacy files and hands out what it writes: target records, rejects with their reasons, and where each record came from. */
export async function exportMapped(): Promise<void> {
  const { project, files } = workspace()
  if (!project) return
  const label = 'Running the mapping'
  const job = begin(label)
  const zip = startZip()
  setWorkspace({ problem: null })
  try {
    const { mapping } = readOpenMapping(project.mapping)
    const inputs = inputsOf('legacy', project, files)
    for await (const update of jobs.map({ inputs, mapping }, job.signal))
      if (update.kind === 'progress') job.show({ label, done: update.done, total: update.total, unit: 'bytes' })
      else if (update.kind === 'partial') {
        zip.add(update.value.path, update.value.bytes)
      } else if (job.stillHere()) {
        download('mapped.zip', zip.end(), 'application/zip')
        const sum = (of: 'written' | 'rejected' | 'filtered'): number =>
          update.value.tables.reduce((all, table) => all + table[of], 0)
        setWorkspace({
          done: `${formatCount(sum('written'), 'target record was', 'target records were')} written to mapped.zip, ${formatCount(sum('rejected'), 'row')} rejected, ${formatNumber(sum('filtered'))} left out by rule. It holds data of patients.`,
        })
      }
  } catch (error) {
    if (job.stillHere())
      setWorkspace({
        problem:
          error instanceof Cancelled
            ? 'The mapping was cancelled; nothing was written.'
            : `The mapping failed: ${errorWords(error)}`,
      })
  } finally {
    job.end()
  }
}

/** The files of one side that are here, table by table. */
function inputsOf(wanted: Side, { sources }: Project, files: ReadonlyMap<string, File>) {
  const inputs = workspace().run?.validation?.inputs
  return sources
    .filter(({ side }) => side === wanted)
    .flatMap((source) => withLaterTables(source, inputs))
    .flatMap(({ id, side, format, table, reading }) => {
      const file = files.get(id)
      return file ? [{ file, side, format, table, reading }] : []
    })
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
