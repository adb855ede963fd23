/** Warns where the drawn sample no longer speaks about the data that is here. */
import { useMemo } from 'react'
import { changedSinceDraw } from '../../../../core/project/sample/since-draw.ts'
import { Note } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'

export function SinceDrawNote() {
  const project = useWorkspace((w) => w.project)
  const changed = useMemo(() => (project ? changedSinceDraw(project) : null), [project])
  if (changed === null) return null
  return (
    <Note mark="warning">
      {changed} <a href="#/review/plan">Sample plan</a>
    </Note>
  )
}
