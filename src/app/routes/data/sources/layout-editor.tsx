/** Columns of a fixed-width file set by a person: cut on a ruler over the first lines, or number by number in the table below it. */
import { type KeyboardEvent, useState } from 'react'
import type { FixedLayout } from '../../../../core/data/model/source.ts'
import {
  joinedWithBefore,
  layoutDoubt,
  movedStart,
  renamed,
  toggleCut,
  uncutLayout,
} from '../../../../core/data/read/layout/layout-edit.ts'
import { Button } from '../../../components/button.tsx'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useReveal } from '../../../session/reveal.ts'
import styles from './layout-editor.module.css'

export interface LayoutEditorProps {
  /** The first lines of the file, as they stand there. */
  readonly lines: readonly string[]
  /** What the file is read with now; null where it is not read as fixed width. */
  readonly layout: FixedLayout | null
  readonly chosen: boolean
  readonly onChange: (layout: FixedLayout | undefined) => void
}

const mostShown = 12

export function LayoutEditor({ lines, layout, chosen, onChange }: LayoutEditorProps) {
  const [cursor, setCursor] = useState(0)
  const revealed = useReveal()
  if (!layout)
    return lines.length === 0 ? null : <Button onPress={() => onChange(uncutLayout(lines))}>Set fixed-width columns…</Button>
  const last = layout.columns.at(-1)
  const width = Math.max(last ? last.start + last.width : 1, ...lines.map((line) => Array.from(line).length))
  const starts = new Set(layout.columns.map(({ start }) => start))
  const doubt = layoutDoubt(layout)
  const toKey = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 10 : 1
    const to = { ArrowLeft: cursor - step, ArrowRight: cursor + step, Home: 0, End: width - 1 }[event.key]
    if (to !== undefined) setCursor(Math.min(Math.max(to, 0), width - 1))
    else if (event.key === 'Enter' || event.key === ' ') onChange(toggleCut(layout, cursor))
    else return
    event.preventDefault()
  }
  return (
    <div className="stack-wide">
      <p className="muted">
        Click a place to begin a column there, or click where one begins to join it. With the keyboard: arrows move, Shift moves
        by ten, Enter cuts or joins.
      </p>
      <div
        className={`scroll sunken ${styles.ruler}`}
        role="slider"
        tabIndex={0}
        aria-label="Place of a cut"
        aria-valuemin={1}
        aria-valuemax={width}
        aria-valuenow={cursor + 1}
        aria-valuetext={`place ${cursor + 1}${starts.has(cursor) ? `, ${layout.columns.find(({ start }) => start === cursor)?.name ?? 'a column'} begins here` : ''}`}
        onKeyDown={toKey}
        onPointerDown={(event) => {
          const at = placeAt(event.currentTarget, event.clientX, width)
          setCursor(at)
          onChange(toggleCut(layout, at))
        }}
      >
        <pre className={styles.lines}>
          <div className={`muted ${styles.marks}`} aria-hidden="true">
            {Array.from({ length: width }, (_, at) =>
              starts.has(at) ? '|' : (at + 1) % 10 === 0 ? String(((at + 1) / 10) % 10) : '·',
            ).join('')}
          </div>
          <div className={styles.cursor} style={{ insetInlineStart: `${cursor}ch` }} />
          {layout.columns.map(({ start, name }) => (
            <div key={`${start} ${name}`} className={styles.cut} style={{ insetInlineStart: `${start}ch` }} />
          ))}
          {lines.slice(0, mostShown).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file are a fixed list
            <div key={index}>{revealed ? line : line.replace(/\p{L}/gu, 'x').replace(/\p{N}/gu, '9')}</div>
          ))}
        </pre>
      </div>
      <table className={styles.columns}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Begins at</th>
            <th scope="col">Width</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {layout.columns.map(({ name, start, width: wide }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place; its name and start are what is edited
            <tr key={index}>
              <td>
                <input
                  aria-label={`Name of column ${index + 1}`}
                  value={name}
                  onChange={(event) => onChange(renamed(layout, index, event.target.value))}
                />
              </td>
              <td>
                <input
                  type="number"
                  aria-label={`Where ${name || `column ${index + 1}`} begins`}
                  min={1}
                  max={width}
                  value={start + 1}
                  onChange={(event) => {
                    if (event.target.value !== '') onChange(movedStart(layout, index, Number(event.target.value) - 1))
                  }}
                />
              </td>
              <td className="number">{wide}</td>
              <td>
                {index > 0 && (
                  <Button look="quiet" onPress={() => onChange(joinedWithBefore(layout, index))}>
                    Join with {layout.columns[index - 1]?.name || 'the one before'}
                  </Button>
                )}
                {wide > 1 && (
                  <Button look="quiet" onPress={() => onChange(toggleCut(layout, start + Math.floor(wide / 2)))}>
                    Split
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {doubt !== null && <Note mark="warning">{doubt}</Note>}
      <div className="row-end">
        <Select
          label="Places are counted in"
          value={layout.unit}
          choices={[
            ['characters', 'characters'],
            ['bytes', 'bytes of the file'],
          ]}
          onChange={(unit) => onChange({ ...layout, unit })}
        />
        {chosen && <Button onPress={() => onChange(undefined)}>As detected</Button>}
      </div>
    </div>
  )
}

/** The place under the pointer; the ruler scrolls, so its own width counts. */
function placeAt(ruler: HTMLElement, x: number, width: number): number {
  const text = ruler.querySelector('pre')
  const box = text?.getBoundingClientRect()
  if (!text || !box || text.scrollWidth === 0) return 0
  const at = Math.floor(((x - box.left) / text.scrollWidth) * width)
  return Math.min(Math.max(at, 0), width - 1)
}
