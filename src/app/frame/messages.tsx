/** What went wrong stays until dismissed; what was done shows for a while and is said to screen readers. */
import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { Note } from '../components/panel.tsx'
import { setWorkspace, useWorkspace } from '../session/state.ts'

const doneMilliseconds = 6000

export function Messages() {
  const problem = useWorkspace((w) => w.problem)
  const done = useWorkspace((w) => w.done)
  useEffect(() => {
    if (done === null) return
    const timer = setTimeout(() => setWorkspace({ done: null }), doneMilliseconds)
    return () => clearTimeout(timer)
  }, [done])
  return (
    <div className="no-print">
      {problem !== null && (
        <Note mark="error">
          {problem} <Button onPress={() => setWorkspace({ problem: null })}>Dismiss</Button>
        </Note>
      )}
      <div role="status" aria-live="polite">
        {done !== null && <Note mark="ok">{done}</Note>}
      </div>
    </div>
  )
}
