/** What others drew in a shared map, as lines of its log: drawn into the map that is shown, whatever is being done in it here. */
import { utf8 } from '../../../../core/canonical.ts'
import { type EditLog, logBytes, readLog } from '../../../../core/workflow/together/edit-log.ts'
import { joinCopies, shownBy } from '../../../../core/workflow/together/joined-map.ts'
import { editLogPath } from '../../../../core/workflow/together/log-path.ts'
import { setWorkspace, workspace } from '../../../session/state.ts'
import { liveMap } from './live-maps.ts'
import { openShared } from './shared-drawing.ts'
import { receiveInMap, takeOverMap } from './workflows.ts'

/**
 * @param lines with their line ends; those that are known are passed over. A beginning among them is the one that stands on the server
 * @param isUntouched whether this copy of a map that is not shared here yet is as the server has it
 */
export function receiveShared(id: string, lines: string, isUntouched: boolean): void {
  const { project, workflows } = workspace()
  const workflow = workflows.get(id)
  if (!project || !workflow || project.readOnly !== null) return
  const bytes = project.other.get(editLogPath(id))
  const own = bytes ? readLog(bytes) : null
  const theirs = readLog(utf8(lines))
  const isOther = theirs !== null && own?.begin.update !== theirs.begin.update
  if (theirs && !bytes && isUntouched) {
    takeOverMap(id, shownBy(id, theirs), logBytes(theirs))
    return
  }
  if (theirs && isOther && (own !== null || !bytes)) {
    // Shared here for itself, or not at all: what is here goes on from how the map began there.
    const mine: EditLog = own ? { ...own, begin: theirs.begin } : { begin: theirs.begin, edits: [], versions: [], unread: [] }
    const isOpen = liveMap(id) !== null
    const joined = joinCopies({ workflow, log: mine, before: null }, { workflow: shownBy(id, theirs), log: theirs, before: null })
    if (!joined) return
    takeOverMap(id, joined.workflow, logBytes(joined.log))
    if (isOpen) openShared(id)
    if (own)
      setWorkspace({
        done: `“${workflow.current.label || id}” was shared here and by a colleague from different states. Both are joined: look through the map and its history.`,
      })
    return
  }
  if (!bytes) return
  if (!liveMap(id)) openShared(id)
  receiveInMap(id, lines)
}
