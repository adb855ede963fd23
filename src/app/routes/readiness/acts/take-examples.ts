/** Example files of a fictional clinic for the kinds that are not there yet: to see how the board reads them. They prove nothing, and can be taken back. */
import { counted } from '../../../../core/counted.ts'
import { openedWorkflow } from '../../../../core/project/runs/opened-inputs.ts'
import { inputKindNames, inputPath } from '../../../../core/readiness/input-files/files.ts'
import { exampleKinds } from '../../../../core/readiness/kept-files/examples.ts'
import { withExamples, withoutInput } from '../../../../core/readiness/kept-files/keep-input.ts'
import { wallNow } from '../../../session/ledger.ts'
import { openProject, setWorkspace, useWorkspace } from '../../../session/state.ts'
import { changeInputs, hider } from './input-files.ts'

/** For the maps and sources of this project, dated from today. Files that are there stay as they are. */
export async function takeExampleFiles(): Promise<void> {
  const { exampleClinic, exampleFiles } = await import('../../../../../samples/readiness/example-files.ts')
  const project = openProject()
  const sources = project.sources.filter(({ side }) => side === 'legacy')
  const clinic = exampleClinic(wallNow().slice(0, 10), [], {
    ...(project.workflows.length > 0 ? { workflows: project.workflows.map((pair) => openedWorkflow(pair).workflow) } : {}),
    ...(sources.length > 0 ? { sources: sources.map(({ name, records }) => ({ name, records: records ?? 0 })) } : {}),
  })
  const files = exampleFiles(clinic)
  const kinds = inputKindNames.filter((kind) => files.has(kind) && !project.other.has(inputPath(kind)))
  const refusal = await changeInputs(kinds, 'Example files taken', (held, hand) => withExamples(held, files, hider(held), hand))
  const done = `${counted(kinds.length, 'example file')} of a fictional clinic taken. They prove nothing.`
  setWorkspace(refusal === null ? { done } : { problem: refusal })
}

/** Removes the example files, those edited since among them; those that were replaced stay. */
export async function removeExampleFiles(): Promise<void> {
  const gone = exampleKinds(openProject())
  const refusal = await changeInputs(gone, 'Example files removed', (held, hand) => withoutInput(held, gone, hand))
  setWorkspace(refusal === null ? { done: `${counted(gone.length, 'example file')} removed.` } : { problem: refusal })
}

/** How many kinds have no file, and how many have an example file. */
export function useExamples(): { readonly missing: number; readonly taken: number } {
  const project = useWorkspace((w) => w.project)
  if (!project) return { missing: 0, taken: 0 }
  const missing = inputKindNames.filter((kind) => !project.other.has(inputPath(kind))).length
  return { missing, taken: exampleKinds(project).length }
}
