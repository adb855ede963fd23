/** What can be undone outlives a reload: kept in this browser's own store, beside the project, and only for maps that are still as they were. */
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import { workflowDigest } from '../../../../core/workflow/map/write.ts'
import { browserStore } from '../../../session/browser-store.ts'
import { historySetting } from '../../../session/draft-setting.ts'
import { bringEditSteps, type EditSteps, editSteps } from '../../../session/edit-line.ts'
import { workspace } from '../../../session/state.ts'
import { liveMap } from './live-maps.ts'
import { mapLine } from './map-line.ts'

/** Steps of each workflow that a reload brings back; more are rarely wanted and cost room. */
const mostSteps = 100
/** Longer histories are not kept, in characters. */
const mostText = 4_000_000
const pause = 400

interface Kept extends EditSteps<Command> {
  readonly digest: string
}

let waiting: ReturnType<typeof setTimeout> | null = null

/** Writes the histories of the open project after a pause in editing. */
export function keepHistorySoon(): void {
  if (waiting !== null) clearTimeout(waiting)
  waiting = setTimeout(() => void keepHistoryNow(), pause)
}

/** Writes what waits, before the project is left; nothing where nothing waits. */
export async function keepHistoryNow(): Promise<void> {
  if (waiting === null) return
  clearTimeout(waiting)
  waiting = null
  await keepHistory().catch(() => undefined)
}

async function keepHistory(): Promise<void> {
  const { project, workflows } = workspace()
  // What another tab keeps of this project is not written over by one that only reads.
  if (!project || project.readOnly !== null) return
  const kept: Record<string, Kept> = {}
  for (const [id, workflow] of workflows) {
    // A shared map knows itself what its person can take back, as long as it is open.
    if (liveMap(id)) continue
    const { undo, redo } = editSteps<Command>(mapLine(id))
    if (undo.length + redo.length > 0)
      kept[id] = { digest: workflowDigest(workflow), undo: undo.slice(-mostSteps), redo: redo.slice(-mostSteps) }
  }
  const text = historyText(kept)
  await (await browserStore()).keepSetting(historySetting(project.manifest.id), text.length > mostText ? null : text)
}

/** Gives the workflows of a project that was just opened what could be undone when it was left. */
export async function bringHistory(project: string): Promise<void> {
  const text = await (await browserStore()).setting(historySetting(project)).catch(() => null)
  if (text === null || text === '') return
  const kept = readHistory(text)
  const now = workspace()
  if (now.project?.manifest.id !== project) return
  for (const [id, workflow] of now.workflows) {
    const known = kept[id]
    const { undo, redo } = editSteps(mapLine(id))
    if (known && undo.length + redo.length === 0 && workflowDigest(workflow) === known.digest) bringEditSteps(mapLine(id), known)
  }
}

const mapMember = '$map'

/** JSON in which maps of a scenario or of a replaced graph stay maps. */
export function historyText(kept: Readonly<Record<string, Kept>>): string {
  return JSON.stringify(kept, (_name, value: unknown) => (value instanceof Map ? { [mapMember]: [...value] } : value))
}

/** What `historyText` wrote; nothing where it can not be read. */
export function readHistory(text: string): Readonly<Record<string, Kept>> {
  try {
    return JSON.parse(text, (_name, value) =>
      typeof value === 'object' && value !== null && Array.isArray(value[mapMember]) ? new Map(value[mapMember]) : value,
    )
  } catch {
    return {}
  }
}
