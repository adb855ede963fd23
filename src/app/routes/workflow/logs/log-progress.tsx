/** How far the reading of a log is; by itself, so that the drawings are not made anew with every word of progress. */
import { Progress } from '../../../components/progress.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { useEventLog } from '../acts/event-log.ts'

export function LogProgress() {
  const running = useWorkspace((w) => w.running)
  const { facts } = useEventLog()
  if (!running) return null
  return (
    <Progress
      label={running.label}
      share={running.total > 0 ? running.done / running.total : 0}
      detail={facts ? 'The graph is there; the map is being made.' : ''}
      onCancel={running.cancel}
    />
  )
}
