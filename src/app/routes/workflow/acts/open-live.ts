/** A page that shows a shared map opens it to be drawn together; what that needs is loaded then. */
import { useEffect } from 'react'
import { errorWords } from '../../../../core/values/error-words.ts'
import { editLogPath } from '../../../../core/workflow/together/log-path.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'

/** Does nothing for a map that nobody shared. */
export function useLiveMap(id: string): void {
  const shared = useWorkspace((w) => w.project?.other.has(editLogPath(id)) ?? false)
  const project = useWorkspace((w) => w.project?.manifest.id)
  useEffect(() => {
    if (!shared || project === undefined) return
    import('./shared-drawing.ts')
      .then(({ openShared }) => openShared(id))
      .catch((error: unknown) => {
        setWorkspace({ problem: `This map can not be drawn together now: ${errorWords(error)} Reload the page.` })
      })
  }, [id, shared, project])
}
