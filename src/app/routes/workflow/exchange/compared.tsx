/** What changed of both maps from a named state to now, with the pictures of both. */
import { useMemo } from 'react'
import { counted } from '../../../../core/counted.ts'
import { mergeWorkflows, nameOfRecord } from '../../../../core/workflow/edit/merge.ts'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { differs, MapPicture } from './map-picture.tsx'
import styles from './merge-dialog.module.css'

export function Compared({ name, then, now }: { readonly name: string; readonly then: Workflow; readonly now: Workflow }) {
  const changes = useMemo(() => mergeWorkflows(then, now, then).joined, [then, now])
  if (changes.length === 0) return <p role="status">Nothing has changed since “{name}”.</p>
  return (
    <section aria-label={`Changes since ${name}`}>
      {sides
        .filter((side) => differs(then[side], now[side]))
        .map((side) => (
          <section key={side} className="around tiles" aria-label={side === 'current' ? 'Current map' : 'Future map'}>
            <MapPicture graph={then[side]} name={`${side === 'current' ? 'Current' : 'Future'} map in “${name}”`} />
            <MapPicture graph={now[side]} name={`${side === 'current' ? 'Current' : 'Future'} map now`} />
          </section>
        ))}
      <h3>{counted(changes.length, 'change')} since then</h3>
      <ul className={`scroll bullets around ${styles.list}`}>
        {changes.map((place) => (
          <li key={`${place.at} ${place.side} ${place.id}`}>
            {changeWord(then, now, place)} {nameOfRecord(place, [now, then])}
            {place.side && <span className="muted"> ({place.side} map)</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function changeWord(then: Workflow, now: Workflow, { at, side, id }: Parameters<typeof nameOfRecord>[0]): string {
  if (at === 'label' || at === 'scenario') return 'Changed:'
  const has = (workflow: Workflow): boolean => (at === 'trace' ? workflow.trace.has(id) : workflow[side ?? 'current'][at].has(id))
  return !has(then) ? 'New:' : has(now) ? 'Changed:' : 'Removed:'
}
