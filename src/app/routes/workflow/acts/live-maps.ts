/**
 * Which maps of the open project are shared, and which of those are open here. What draws in them together is loaded with the first shared
 * map; a map that nobody shared never meets it.
 */
import type { Applied, Command } from '../../../../core/workflow/edit/edit.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { editLogPath } from '../../../../core/workflow/together/log-path.ts'
import type { Edited } from '../../../../core/workflow/together/shared-map.ts'
import { workspace } from '../../../session/state.ts'

/** A shared map that is open here. */
export interface LiveMap {
  readonly workflow: Workflow
  /** Own changes that can be taken back and made again. */
  readonly steps: { readonly undo: number; readonly redo: number }
  edit(command: Command, burst: string | null): Edited
  /** What a command made inside a sub-workflow of it, which is given as a map of its own, under names of this device. */
  ownNames(inner: Workflow, applied: Applied, command: Command): Pick<Edited, 'workflow' | 'created'>
  /** False where nothing of one's own stands any more. */
  turn(way: 'undo' | 'redo'): boolean
  /** Draws what others changed, and gives the lines of it that were not known. */
  receive(lines: string): string
  /** Lines of its log that are not in the project yet; asked for once. */
  newLines(): string
  close(): void
}

const live = new Map<string, { readonly project: string; readonly map: LiveMap }>()

function isShared(id: string): boolean {
  return workspace().project?.other.has(editLogPath(id)) ?? false
}

/** The shared map behind what is shown; null where the map is not shared, or something else has changed it since. */
export function liveMap(id: string): LiveMap | null {
  const held = live.get(id)
  if (!held) return null
  const { project, workflows } = workspace()
  if (held.project === project?.manifest.id && held.map.workflow === workflows.get(id) && isShared(id)) return held.map
  held.map.close()
  live.delete(id)
  return null
}

export function holdLive(id: string, project: string, map: LiveMap): void {
  live.get(id)?.map.close()
  live.set(id, { project, map })
}
