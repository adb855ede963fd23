/** Maps whose documents came from others, shown in the place of those that were drawn. */
import type { Project } from '../../core/project/format/project.ts'
import { setWorkspace, workspace } from '../session/state.ts'
import { openWorkflows } from '../session/workflow-files.ts'

/**
 * @param before documents of the maps before others' were joined
 * @param after the same with what came; what was drawn here since is drawn already, and stays the map that can be taken back
 */
export function showChangedMaps(before: Project['workflows'], after: Project['workflows']): void {
  const { project, workflows } = workspace()
  if (!project || before === after) return
  const known = new Set<object>(before)
  const now = new Set<object>(project.workflows)
  const changed = after.filter((each) => !known.has(each) && now.has(each))
  const gone = new Set(before.flatMap(({ id }) => (after.some((each) => each.id === id) ? [] : [id])))
  if (changed.length === 0 && gone.size === 0) return
  const opened = openWorkflows({ ...project, workflows: changed }).workflows
  setWorkspace({ workflows: new Map([...workflows, ...opened].filter(([id]) => !gone.has(id))) })
}
