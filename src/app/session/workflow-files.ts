/** The workflows of a project's documents, ready to be edited. */
import { counted } from '../../core/counted.ts'
import type { Project } from '../../core/project/format/project.ts'
import { readWorkflow } from '../../core/workflow/map/files.ts'
import { unknownNames } from '../../core/workflow/map/unknown-names.ts'
import type { Workflow } from '../../core/workflow/map/workflow.ts'

/** So many places are named; a file of another program may have thousands. */
const mostNamed = 5

/** `trouble` names what could not be read as drawn, in sentences. */
export function openWorkflows({ workflows: documents }: Pick<Project, 'workflows'>): {
  workflows: ReadonlyMap<string, Workflow>
  trouble: string[]
} {
  const read = documents.map(({ id, ...files }) => {
    const given = Object.entries(files).filter(([, json]) => json !== null)
    const { value, problems } = readWorkflow(id, Object.fromEntries(given))
    const file = `workflows/${id}/scenario.json`
    const unknown = files.scenario === null ? [] : unknownNames(files.scenario, [value.current, value.future])
    return { value, problems: [...problems, ...unknown.map((each) => ({ ...each, file }))] }
  })
  const trouble = read.flatMap(({ problems }) => problems).map(({ file, place, sentence }) => `${file}, ${place}: ${sentence}`)
  const more = trouble.length - mostNamed
  return {
    workflows: new Map(read.map(({ value }) => [value.id, value])),
    trouble: more > 0 ? [...trouble.slice(0, mostNamed), `${counted(more, 'more place')} could not be read.`] : trouble,
  }
}
