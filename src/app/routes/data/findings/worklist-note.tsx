/** What readers of drawn records called wrong stands beside what the checks found: it is mended by the same people. */
import { useMemo } from 'react'
import { worklistOf } from '../../../../core/project/sample/worklist-file.ts'
import { isToReadAgain } from '../../../../core/review/result/worklist.ts'
import { formatNumber } from '../../../components/format.ts'
import { useWorkspace } from '../../../session/state.ts'

export function WorklistNote() {
  const project = useWorkspace((w) => w.project)
  const open = useMemo(() => (project ? worklistOf(project).rows.filter(({ state }) => isToReadAgain(state)) : []), [project])
  if (open.length === 0) return null
  const harmful = open.filter(({ finding }) => finding.verdict === 'harmful').length
  return (
    <p className="muted below">
      Readers called {formatNumber(open.length)} {open.length === 1 ? 'difference' : 'differences'} wrong, {formatNumber(harmful)}{' '}
      of them harmful. <a href="#/review/worklist">Worklist</a>
    </p>
  )
}
