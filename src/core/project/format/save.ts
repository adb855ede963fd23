/** An open project out as files: what did not change keeps its bytes, what changed is written in one fixed way. */
import { canonicalJson, type Json, utf8 } from '../../canonical.ts'
import { baselineDocument } from '../../data/baseline/acceptance.ts'
import { sourcesDocument } from '../../data/model/source.ts'
import { beginsWith } from '../../grown-list.ts'
import type { CalibrationEvent } from '../../review/decision/calibration.ts'
import { drawDocument } from '../../review/draw/draw.ts'
import { trapsDocument } from '../../review/model/trap.ts'
import { planDocument } from '../../review/plan/sampling-plan.ts'
import { ordered, type Schema } from '../../values/document.ts'
import { isMembers } from '../../values/json.ts'
import { ledgerLine } from '../ledger/entry-hash.ts'
import { paths } from './documents.ts'
import { appended, withLines } from './line-file.ts'
import { boardDocument, headsDocument, keyDocument, manifestDocument, type Project, type ProjectFiles } from './project.ts'
import { runDocument } from './run.ts'

const gitignore = 'private/\n'

/** The same list each time, so that an absent document stays absent. */
const none: readonly CalibrationEvent[] = []

type Bytes = Uint8Array<ArrayBuffer>
type Put = (path: string, value: unknown, write: () => Bytes) => void

/** Files of a project in path order. A project that is open for reading only gives back the bytes it was opened with. */
export function saveProject(project: Project): ProjectFiles {
  const files = new Map<string, Bytes>()
  // Absent documents are not written; a value that is still the one that was read keeps its bytes.
  const put: Put = (path, value, write) => {
    const before = project.saved.get(path)
    if (before && (before.value === value || project.readOnly !== null)) files.set(path, before.bytes)
    else if (value !== null) files.set(path, write())
  }
  const document = (path: string, value: object | null, schema: Schema, empty = false): void => {
    if (!empty || project.saved.has(path)) put(path, value, () => utf8(documentText(value, schema)))
  }
  const text = (path: string, value: string | null): void => put(path, value, () => utf8(value ?? ''))

  document(paths.manifest, project.manifest, manifestDocument)
  document(paths.board, project.board, boardDocument)
  document(paths.sources, project.sources, sourcesDocument)
  document(paths.baseline, project.baseline, baselineDocument, project.baseline.length === 0)
  for (const workflow of project.workflows)
    for (const part of ['current', 'future', 'trace', 'scenario'] as const)
      put(`workflows/${workflow.id}/${part}.json`, workflow[part], () => utf8(recordLines(workflow[part])))
  for (const [path, schema] of project.schemas) put(path, schema, () => utf8(`${JSON.stringify(schema, null, 2)}\n`))
  for (const [path, table] of project.mapping) text(path, table)
  for (const run of project.runs) document(`runs/${run.id}/summary.json`, run, runDocument)
  document(paths.plan, project.review.plan, planDocument)
  text(paths.frame, project.review.frame)
  document(paths.draw, project.review.draw, drawDocument)
  document(paths.traps, project.review.traps ?? null, trapsDocument)
  const lines = <T>(path: string, list: readonly T[], line: (item: T) => string): void => {
    const bytes = linesOf(project, path, list, line)
    if (bytes) files.set(path, bytes)
  }
  lines(paths.verdicts, project.review.events, (event) => `${canonicalJson(jsonOf(event))}\n`)
  lines(paths.calibration, project.review.calibration ?? none, (event) => `${canonicalJson(jsonOf(event))}\n`)
  lines(paths.ledger, project.ledger, ledgerLine)
  document(paths.heads, project.heads, headsDocument, project.heads.length === 0)
  for (const key of project.keys) document(`keys/${key.id}.pub.json`, key, keyDocument)
  for (const [path, bytes] of [...project.private, ...project.other]) files.set(path, bytes)
  if (project.saved.size === 0 && !files.has('.gitignore')) files.set('.gitignore', utf8(gitignore))
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The same project, remembering `files` as what is on disk now. */
export function afterSaving(project: Project, files: ProjectFiles): Project {
  const values = new Map<string, unknown>([
    [paths.manifest, project.manifest],
    [paths.board, project.board],
    [paths.sources, project.sources],
    [paths.baseline, project.baseline],
    [paths.plan, project.review.plan],
    [paths.frame, project.review.frame],
    [paths.draw, project.review.draw],
    [paths.traps, project.review.traps ?? null],
    [paths.verdicts, project.review.events],
    [paths.calibration, project.review.calibration ?? none],
    [paths.ledger, project.ledger],
    [paths.heads, project.heads],
    ...project.schemas,
    ...project.mapping,
    ...project.runs.map((run) => [`runs/${run.id}/summary.json`, run] as const),
    ...project.keys.map((key) => [`keys/${key.id}.pub.json`, key] as const),
    ...project.workflows.flatMap((workflow) =>
      (['current', 'future', 'trace', 'scenario'] as const).map(
        (part) => [`workflows/${workflow.id}/${part}.json`, workflow[part]] as const,
      ),
    ),
  ])
  const saved = [...values].flatMap(([path, value]) => {
    const bytes = files.get(path)
    return bytes ? [[path, { value, bytes }] as const] : []
  })
  return { ...project, saved: new Map(saved) }
}

/** A document as JSON, for digests: interfaces become plain members. */
export function jsonOf(document: object): Json {
  const json: Json = JSON.parse(JSON.stringify(document))
  return json
}

function documentText(document: object | null, schema: Schema): string {
  return `${JSON.stringify(document === null ? null : ordered(jsonOf(document), schema), null, 2)}\n`
}

/**
 * Lists that only grew are appended to the bytes they came from, so that lines nobody could read stay where they are. In a list that was
 * put in another order those lines come last. Null where there is nothing to write.
 */
function linesOf<T>(project: Project, path: string, list: readonly T[], line: (item: T) => string): Bytes | null {
  const before = project.saved.get(path)
  if (before && project.readOnly !== null) return before.bytes
  const unread = project.unread.get(path) ?? []
  if (!before && list.length === 0 && unread.length === 0) return null
  const held: unknown = before?.value
  const grown = Array.isArray(held) && beginsWith<unknown>(list, held)
  if (!before || !grown) return withLines(utf8(list.map(line).join('')), unread)
  const added = utf8(list.slice(held.length).map(line).join(''))
  return withLines(added.length === 0 ? before.bytes : appended(before.bytes, added), unread)
}

/** Workflow documents: one record per line, so that moving a step changes one line. */
function recordLines(document: Json): string {
  if (Array.isArray(document))
    return document.length === 0 ? '[]\n' : `[\n${document.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n]\n`
  if (!isMembers(document)) return `${JSON.stringify(document)}\n`
  const members = Object.entries(document).map(([name, value]) => `  ${JSON.stringify(name)}: ${memberLines(value)}`)
  return members.length === 0 ? '{}\n' : `{\n${members.join(',\n')}\n}\n`
}

function memberLines(value: Json | undefined): string {
  if (isListOfRecords(value)) return `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
  if (isMembers(value) && Object.values(value).every(isRecord) && Object.keys(value).length > 0)
    return `{\n${Object.entries(value)
      .map(([name, item]) => `    ${JSON.stringify(name)}: ${JSON.stringify(item)}`)
      .join(',\n')}\n  }`
  return JSON.stringify(value)
}

function isListOfRecords(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord)
}

function isRecord(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null
}
