/** Example files of a fictional clinic for the kinds that are not there yet: to see how the board reads them. They prove nothing, and can be taken back. */
import { digestOf, utf8 } from '../../core/canonical.ts'
import { counted } from '../../core/counted.ts'
import { examplesOf, examplesPath } from '../../core/readiness/input-files/examples.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../../core/readiness/input-files/files.ts'
import type { InputFile } from '../../core/readiness/input-files/input-file.ts'
import { keptInput } from '../../core/readiness/input-files/write-input.ts'
import { openedWorkflow } from '../../core/readiness/inputs.ts'
import { keepNow } from './keep.ts'
import { wallNow } from './ledger.ts'
import { newSalt, recordName, saltOf } from './record-names.ts'
import { changeProject, openProject, setWorkspace, useWorkspace } from './state.ts'

/** For the maps and sources of this project, dated from today. Files that are there stay as they are. */
export async function takeExampleFiles(): Promise<void> {
  const { exampleClinic, exampleFiles } = await import('../../../samples/readiness/example-files.ts')
  const project = openProject()
  const sources = project.sources.filter(({ side }) => side === 'legacy')
  const clinic = exampleClinic(wallNow().slice(0, 10), [], {
    ...(project.workflows.length > 0 ? { workflows: project.workflows.map((pair) => openedWorkflow(pair).workflow) } : {}),
    ...(sources.length > 0 ? { sources: sources.map(({ name, records }) => ({ name, records: records ?? 0 })) } : {}),
  })
  const salt = saltOf(project) ?? newSalt()
  const other = new Map(project.other)
  const digests: Record<string, string> = { ...examplesOf(project) }
  const kinds: InputKind[] = []
  for (const [kind, text] of exampleFiles(clinic)) {
    if (other.has(inputPath(kind))) continue
    const file: InputFile = inputFiles[kind]
    const kept = keptInput(file, text, (number) => recordName(salt, number))
    other.set(inputPath(kind), utf8(kept))
    digests[kind] = digestOf(kept)
    kinds.push(kind)
  }
  other.set(examplesPath, utf8(`${JSON.stringify(digests, null, 2)}\n`))
  changeProject({ other })
  setWorkspace({ done: `${counted(kinds.length, 'example file')} of a fictional clinic taken. They prove nothing.` })
  await keepNow()
}

/** Removes the example files, those edited since among them; those that were replaced stay. */
export async function removeExampleFiles(): Promise<void> {
  const project = openProject()
  const digests = examplesOf(project)
  const other = new Map(project.other)
  const gone = inputKindNames.filter((kind) => other.has(inputPath(kind)) && digests[kind] !== undefined)
  for (const kind of gone) other.delete(inputPath(kind))
  other.delete(examplesPath)
  changeProject({ other })
  setWorkspace({ done: `${counted(gone.length, 'example file')} removed.` })
  await keepNow()
}

/** How many kinds have no file, and whether example files are among those that have one. */
export function useExamples(): { readonly missing: number; readonly taken: number } {
  const project = useWorkspace((w) => w.project)
  if (!project) return { missing: 0, taken: 0 }
  const missing = inputKindNames.filter((kind) => !project.other.has(inputPath(kind))).length
  return { missing, taken: Object.keys(examplesOf(project)).length }
}
