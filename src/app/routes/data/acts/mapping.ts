/** The field map and value maps while they are edited: every change is an edit with a way back, written to the project's own files at once. */
import { useMemo } from 'react'
import { counted } from '../../../../core/counted.ts'
import { editMapping, type MappingEdit } from '../../../../core/data/crosswalk/edit.ts'
import {
  fieldsPath,
  type Mapping,
  type MappingProblem,
  readMapping,
  valuesFolder,
  writeFields,
  writeValueMap,
} from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { planPairing } from '../../../../core/data/crosswalk/plan/plan.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { confirmationBy, decidesOtherwise, mappingConfirmed } from '../../../../core/project/review/confirmed-mapping.ts'
import { actAtOnce, actOrSay, draftAtOnce, type PlainDeed, recorded } from '../../../session/act.ts'
import { type EditPlace, makeEdit, turnEdit, useEditSteps } from '../../../session/edit-line.ts'
import { mayRecord } from '../../../session/ledger.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'

export interface OpenMapping {
  readonly mapping: Mapping
  /** Lines that could not be read; while there are any, nothing is written, because they would be lost. */
  readonly problems: readonly MappingProblem[]
  readonly exists: boolean
}

export function readOpenMapping(files: Project['mapping']): OpenMapping {
  const exists = files.has(fieldsPath)
  const bytes = new Map([...files].map(([path, text]) => [path, new TextEncoder().encode(text)]))
  const { mapping, problems } = readMapping(bytes)
  return { mapping, problems: exists ? problems : [], exists }
}

/** The mapping of the open project; null where none is open. */
export function useMapping(): OpenMapping | null {
  const files = useWorkspace((w) => w.project?.mapping)
  return useMemo(() => files && readOpenMapping(files), [files]) ?? null
}

const mappingPlace: EditPlace<MappingEdit> = { place: 'mapping', on: () => workspace().project?.mapping, apply }

/** Makes an edit; false, with the sentence on screen, where it can not be made. */
export function changeMapping(edit: MappingEdit): boolean {
  const before = edit.kind === 'change-line' ? readOpenMapping(openProject().mapping).mapping.fields[edit.at] : undefined
  if (!makeEdit(mappingPlace, edit)) return false
  if (before?.status === 'confirmed')
    setWorkspace({
      done: `${before.source}.${before.fields.join(' + ')} asks for confirmation again. Until then it is not compared.`,
    })
  return true
}

export function undoMapping(): void {
  turnEdit(mappingPlace, 'undo')
}

export function redoMapping(): void {
  turnEdit(mappingPlace, 'redo')
}

/** Whether there is something to take back or to do again. */
export function useMappingHistory(): { readonly canUndo: boolean; readonly canRedo: boolean } {
  return useEditSteps(mappingPlace)
}

/**
 * Takes in a field map and value maps that somebody wrote elsewhere, where all of it can be read: lines replace all lines, a value map the
 * one of its name. What can not be compared without further files is said at once.
 */
export async function importFieldMap(given: readonly File[]): Promise<void> {
  const texts = await Promise.all(given.map(async (file) => ({ name: file.name, text: await file.text() })))
  const isFields = ({ text }: { readonly text: string }): boolean => /^\uFEFF?"?legacy_source"?,/.test(text)
  const maps = texts.filter((one) => !isFields(one))
  const [fields, second] = texts.filter(isFields)
  if (second) {
    setWorkspace({ problem: `${fields?.name} and ${second.name} are both field maps; choose one of them with its value maps.` })
    return
  }
  const files = new Map(openProject().mapping)
  if (fields) files.set(fieldsPath, fields.text)
  for (const { name, text } of maps) files.set(`${valuesFolder}${name}`, text)
  const { mapping, problems } = readOpenMapping(files)
  const [first] = problems
  if (first) {
    const place = first.line === null ? '' : `, line ${first.line}`
    const from = first.file === fieldsPath ? fields?.name : maps.find(({ name }) => first.file === `${valuesFolder}${name}`)?.name
    setWorkspace({ problem: `${from ?? given[0]?.name} was not taken: ${first.file}${place}: ${first.words}` })
    return
  }
  const before = readOpenMapping(openProject().mapping)
  const lines = before.exists && before.problems.length > 0 ? null : before.mapping.fields
  // A map that can not be read has no lines that an edit could take away, or bring back.
  const taken =
    lines === null
      ? await actOrSay((project, by) => {
          const confirmation = decidesOtherwise(before.mapping, mapping)
            ? confirmationBy({ ...project, mapping: files }, by)
            : null
          return recorded(project, confirmation ? [confirmation] : [], by, { mapping: files })
        })
      : changeMapping({
          kind: 'together',
          edits: [
            ...maps.flatMap(({ name }) => {
              const map = name.slice(0, -'.csv'.length)
              const value = mapping.values.get(map)
              return value ? [{ kind: 'set-map', map, value } as const] : []
            }),
            ...(fields
              ? [
                  ...lines.map((_, index) => ({ kind: 'remove-line', at: lines.length - 1 - index }) as const),
                  ...mapping.fields.map((line) => ({ kind: 'add-line', line }) as const),
                ]
              : []),
          ],
        })
  if (!taken) return
  const read = [
    ...(fields ? [`${counted(mapping.fields.length, 'line was', 'lines were')} read from ${fields.name}`] : []),
    ...(maps.length > 0 ? [counted(maps.length, 'value map was read', 'value maps were read')] : []),
  ]
  const owed = planPairing(mapping).notCompared.filter(({ isOwed }) => isOwed)
  const missing = owed.map(({ what, target, why }) => `${what} → ${target}: ${why}`)
  setWorkspace({
    done: `${read.join('; ')}.`,
    problem:
      missing.length === 0
        ? null
        : `${counted(missing.length, 'element is', 'elements are')} not compared. ${missing.join('; ')}. Import the missing value maps, alone or together with the field map.`,
  })
}

/** Makes an edit and gives the one that leads back. One that decides what is carried is an act; any other is a draft. */
function apply(edit: MappingEdit): MappingEdit | null {
  const { mapping, problems } = readOpenMapping(openProject().mapping)
  if (problems.length > 0) {
    setWorkspace({ problem: 'The field map has lines that can not be read. Correct them first: saving now would lose them.' })
    return null
  }
  const edited = editMapping(mapping, edit)
  if (!edited.ok) {
    setWorkspace({ problem: edited.why })
    return null
  }
  const files = written(openProject().mapping, mapping, edited.mapping)
  const decides = decidesOtherwise(mapping, edited.mapping)
  if (decides && !mayRecord(mappingConfirmed)) return null
  const deed: PlainDeed = (project, by) => {
    const confirmation = decides ? confirmationBy({ ...project, mapping: files }, by) : null
    return recorded(project, confirmation ? [confirmation] : [], by, { mapping: files })
  }
  return (decides ? actAtOnce(deed) : draftAtOnce(deed, false)) ? edited.inverse : null
}

/** The files with what an edit changed; those it did not touch keep their text. */
function written(files: Project['mapping'], before: Mapping, after: Mapping): Project['mapping'] {
  const next = new Map(files)
  if (before.fields !== after.fields || !files.has(fieldsPath)) next.set(fieldsPath, writeFields(after.fields))
  for (const name of new Set([...before.values.keys(), ...after.values.keys()])) {
    const map = after.values.get(name)
    if (map === before.values.get(name)) continue
    const path = `mapping/values/${name}.csv`
    if (map) next.set(path, writeValueMap(map))
    else next.delete(path)
  }
  return next
}
