/** Where the open project is kept, and since when; the status bar shows it. */
import { counted } from '../../core/counted.ts'
import { formatMoment } from '../components/format.ts'
import { SeverityMark } from '../components/severity-mark.tsx'
import { useWorkspace } from '../session/state.ts'
import styles from './frame.module.css'

const places = { browser: 'Saved in this browser only', folder: 'Saved to folder', file: 'Saved to file' }

export function Kept() {
  const project = useWorkspace((w) => w.project)
  const kept = useWorkspace((w) => w.kept)
  const unsaved = useWorkspace((w) => w.unsaved)
  const unkept = useWorkspace((w) => w.unkept)
  if (!project) return null
  if (project.readOnly !== null) return <span>Read only</span>
  if (unkept !== null && unsaved > 0)
    return (
      <a className={`line ${styles.dot}`} href="#/settings" title={unkept}>
        <SeverityMark mark="error" />
        {counted(unsaved, 'change')} on screen not saved: press Ctrl S, or save as a file
      </a>
    )
  if (!kept) return <span>Not saved yet</span>
  const words = `${places[kept.where]} ${formatMoment(kept.at)}`
  if (kept.uncopied === undefined) return <span>{words}</span>
  return (
    <a className={`line ${styles.dot}`} href="#/settings" title={kept.uncopied}>
      <SeverityMark mark="warning" />
      {words}, without a second copy
    </a>
  )
}
