/** What a comment on a map is about, in words and by what is chosen. */
import { nameOfRecord } from '../../../../core/workflow/edit/merge.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { Anchor } from '../../../../core/workflow/together/talk.ts'
import { parseRef } from '../../../canvas/node-ref.ts'
import type { EditorState } from '../editor/editor-state.ts'

const tables = { step: 'nodes', flow: 'edges', lane: 'lanes' } as const

export function anchorName(about: Anchor, workflow: Workflow): string {
  if (!('map' in about)) return about.id
  const { kind, side, id } = about
  return workflow[side][tables[kind]].has(id)
    ? nameOfRecord({ at: tables[kind], side, id }, [workflow])
    : `a ${kind} that is gone`
}

/** True where the map still has what it is about. */
export function isThere(about: Anchor, workflow: Workflow): boolean {
  return 'map' in about && about.map === workflow.id && workflow[about.side][tables[about.kind]].has(about.id)
}

/** The one step, flow or lane that is chosen; null for none or several. */
export function chosenAnchor(workflow: Workflow, { active, selected, selectedFlow, selectedLane }: EditorState): Anchor | null {
  const map = workflow.id
  const lane = selectedLane === null ? null : parseRef(selectedLane)
  const flow = selectedFlow === null ? null : parseRef(selectedFlow)
  const step = active === null || selected.size > 1 ? null : parseRef(active)
  const found: Anchor | null = lane
    ? { kind: 'lane', map, ...lane }
    : flow
      ? { kind: 'flow', map, side: flow.side, id: flow.id.replace(/^flow\//, '') }
      : step && { kind: 'step', map, ...step }
  return found && isThere(found, workflow) ? found : null
}
