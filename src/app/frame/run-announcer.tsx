/** Progress of long work for screen readers (0, 25, 50, 75, 100 % only) and in the title of the document. */
import { useEffect, useState } from 'react'
import { useWorkspace } from '../session/state.ts'

export function RunAnnouncer() {
  const running = useWorkspace((w) => w.running)
  const [said, setSaid] = useState('')
  const percent = running && running.total > 0 ? Math.floor((running.done / running.total) * 100) : null
  const quarter = percent === null ? null : Math.floor(percent / 25) * 25
  const label = running?.label ?? null
  useEffect(() => {
    document.title = percent === null ? 'Carryover' : `${percent} % · Carryover`
  }, [percent])
  useEffect(() => {
    setSaid((before) => (quarter === null ? (before === '' ? '' : 'Finished') : `${label}: ${quarter} %`))
  }, [quarter, label])
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  )
}
