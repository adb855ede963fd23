/** What others drew in a shared map, as lines of its log: drawn into the map that is shown, whatever is being done in it here. */
import { utf8 } from '../../../../core/canonical.ts'
import { logBytes, readLog } from '../../../../core/workflow/together/edit-log.ts'
import { joinCopies, shownBy } from '../../../../core/workflow/together/joined-map.ts'
import { editLogPath } from '../../../../core/workflow/together/log-path.ts'
import { setWorkspace, workspace } from '../../../session/state.ts'
import { liveMap } from './live-maps.ts'
import { openShared } from './shared-drawing.ts'
import { receiveInMap, takeOverMap } from './workflows.ts'

/**
 * @param lines with their line ends; those that are known are passed over
 * @param isUntouched whether this copy of a map that is not shared here yet is as the server has it
 */
export function receiveShared(id: string, lines: string, isUntouched: boolean): void {
  const { project, workflows } = workspace()
  const workflow = workflows.get(id)
  if (!project || !workflow || project.readOnly !== null) return
  const bytes = project.other.get(editLogPath(id))
  if (!bytes) {
    const log = readLog(utf8(lines))
    if (!log) return
    const theirs = shownBy(id, log)
    const joined = isUntouched
      ? { workflow: theirs, log }
      : joinCopies(
          { workflow, log: { begin: log.begin, edits: [], versions: [], unread: [] }, before: null },
          { workflow: theirs, log, before: null },
        )
    if (joined) takeOverMap(id, joined.workflow, new TextDecoder().decode(logBytes(joined.log)))
    return
  }
  const own = readLog(bytes)
  const [begun = ''] = lines.split('\n').filter((line) => line.includes('"kind":"begin"'))
  const theirs = begun === '' ? null : readLog(utf8(`${begun}\n`))
  if (own && theirs && own.begin.update !== theirs.begin.update && own.begin.follows === undefined) {
    setWorkspace({
      problem: `“${workflow.current.label || id}” was shared twice from different states. Your state stays here; join the other one with Map → Join a colleague's map.`,
    })
    return
  }
  if (!liveMap(id)) openShared(id)
  receiveInMap(id, lines)
}
