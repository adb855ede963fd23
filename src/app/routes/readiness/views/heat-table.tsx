/** A heat map: a table whose cells open the lines they count, and the same facts as a plain table. */
import { useState } from 'react'
import { type HeatCell, type HeatGrid, shadeOf } from '../../../../core/readiness/views/heat-grid.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { CountedLines } from './counted-lines.tsx'
import styles from './views.module.css'

interface Place {
  readonly row: string
  readonly column: string
}

/** @param label what the map is of */
export function HeatTable({ grid, label }: { readonly grid: HeatGrid; readonly label: string }) {
  const [place, setPlace] = useState<Place | null>(null)
  const chosen = place && grid.rows.find(({ name }) => name === place.row)?.cells[grid.columns.indexOf(place.column)]
  return (
    <>
      <ScrollRegion label={label} className={`box scroll ${styles.scroll}`}>
        <table className={styles.grid}>
          <thead>
            <tr>
              <th scope="col">{grid.corner}</th>
              {grid.columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.rows.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => {
                  const column = grid.columns[index] ?? ''
                  const open = place?.row === name && place.column === column
                  return (
                    <td key={column}>
                      {cell === null ? (
                        <span className={`muted ${styles.none}`}>–</span>
                      ) : (
                        <CellButton
                          cell={cell}
                          most={grid.most}
                          open={open}
                          onOpen={() => setPlace(open ? null : { row: name, column })}
                        />
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <div aria-live="polite">{chosen && <CountedLines key={chosen.words} title={chosen.words} lines={chosen.lines} />}</div>
      <Twin grid={grid} label={label} />
    </>
  )
}

function CellButton(props: {
  readonly cell: HeatCell
  readonly most: number
  readonly open: boolean
  readonly onOpen: () => void
}) {
  const { cell, most, open, onOpen } = props
  return (
    <button
      type="button"
      className={`line full outlined ${styles.cell}`}
      data-level={shadeOf(cell, most)}
      data-mark={cell.mark ?? undefined}
      aria-expanded={open}
      aria-label={cell.words}
      onClick={onOpen}
    >
      {cell.mark && <SeverityMark mark={cell.mark} />}
      {cell.text}
    </button>
  )
}

const markWords = { ok: 'in order', warning: 'in part', error: 'open' } as const

function Twin({ grid, label }: { readonly grid: HeatGrid; readonly label: string }) {
  return (
    <details className={`above-wide ${styles.section} no-print`}>
      <summary>The same as a table</summary>
      <ScrollRegion label={`${label} as a table`} className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{grid.corner}</th>
              <th scope="col">Department</th>
              <th scope="col">State</th>
              <th scope="col">What it says</th>
              <th scope="col" className="number">
                Lines
              </th>
            </tr>
          </thead>
          <tbody>
            {grid.rows.flatMap(({ name, cells }) =>
              cells.map(
                (cell, index) =>
                  cell && (
                    <tr key={`${name} ${grid.columns[index]}`}>
                      <th scope="row">{name}</th>
                      <td>{grid.columns[index]}</td>
                      <td>{cell.mark ? markWords[cell.mark] : 'counted'}</td>
                      <td>{cell.words}</td>
                      <td className="number">{cell.lines?.length ?? 'not listed'}</td>
                    </tr>
                  ),
              ),
            )}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  )
}
