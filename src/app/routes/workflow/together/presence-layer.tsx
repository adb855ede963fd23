/** Who else is at this map: what they have chosen, move and point at, in their colour and always with their name. Drawn from values alone. */
import type { Present } from '../../../../core/workflow/together/presence.ts'
import type { Places, ScreenBox } from '../../../canvas/over/over-drawing.tsx'
import styles from './together.module.css'

export interface PresenceLayerProps {
  readonly here: readonly Present[]
  /** Id of the workflow that is shown. */
  readonly map: string
  readonly places: Places
}

export function PresenceLayer({ here, map, places }: PresenceLayerProps) {
  return (
    <div aria-hidden="true">
      {here
        .filter(({ presence }) => presence.map === map)
        .map((each) => (
          <OnePresence key={each.from} {...each} places={places} />
        ))}
    </div>
  )
}

function OnePresence({ presence, places }: Present & { readonly places: Places }) {
  const { name, colour, selection, types, drag, pointer } = presence
  const first = name.split(' ')[0] ?? name
  const chosen = selection.flatMap((ref) => {
    const box = places.box(ref)
    return box ? [{ ref, box, words: types === ref ? `${first} types` : first }] : []
  })
  const moved = (drag?.ids ?? []).flatMap((id) => {
    const box = places.box(`${drag?.side}/${id}`)
    if (!box || !drag) return []
    return [{ id, box: { ...box, x: box.x + drag.dx * places.zoom, y: box.y + drag.dy * places.zoom } }]
  })
  const at = pointer && places.point(pointer.side, pointer.x, pointer.y)
  return (
    <div data-colour={colour}>
      {chosen.map(({ ref, box, words }) => (
        <span key={ref} className={styles.chosen} style={around(box, 3)}>
          <span className={styles.flag}>{words}</span>
        </span>
      ))}
      {moved.map(({ id, box }) => (
        <span key={id} className={`${styles.chosen} ${styles.moved}`} style={around(box, 0)} />
      ))}
      {at && (
        <span className={styles.pointer} style={{ left: at.x, top: at.y }}>
          <svg viewBox="0 0 12 14" width="12" height="14" aria-hidden="true">
            <path d="M1 1v11l3-3 2 4 2-1-2-4h4z" />
          </svg>
          <span className={styles.flag}>{name}</span>
        </span>
      )}
    </div>
  )
}

function around({ x, y, width, height }: ScreenBox, by: number) {
  return { left: x - by, top: y - by, width: width + 2 * by, height: height + 2 * by }
}
