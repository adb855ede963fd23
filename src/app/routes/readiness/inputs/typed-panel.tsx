/** Cells that were typed by hand, old and new, with who, when and why; an upload does not hide them. */
import type { Project } from '../../../../core/project/format/project.ts'
import type { InputKind } from '../../../../core/readiness/input-files/files.ts'
import { typedCells, typedWords } from '../../../../core/readiness/kept-files/typed-cells.ts'
import { dayText } from '../../../../core/values/day.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import styles from './inputs.module.css'

/** Cells listed at once, those that still stand first; the others are counted. */
const listed = 50

export function TypedPanel({ kind, project }: { readonly kind: InputKind; readonly project: Project }) {
  const typed = typedCells(project, kind)
  if (typed.cells.length + typed.unreadable === 0) return null
  const cells = typed.cells.toSorted((a, b) => Number(b.stands) - Number(a.stands)).slice(0, listed)
  const more = typed.cells.length - cells.length
  const words = typedWords(typed)
  return (
    <section aria-label="Typed by hand">
      <h3>Typed by hand</h3>
      <p className="muted">
        {words === null
          ? 'Nothing that was typed stands in this file any more.'
          : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`}
      </p>
      {cells.length > 0 && (
        <ScrollRegion label="Cells typed by hand" className={`scroll ${styles.scroll}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Cell</th>
                <th scope="col">Was</th>
                <th scope="col">Typed</th>
                <th scope="col">By</th>
                <th scope="col">Reason</th>
                <th scope="col">In this file</th>
              </tr>
            </thead>
            <tbody>
              {cells.map((cell) => (
                <tr key={`${cell.line} ${cell.column} ${cell.to}`}>
                  <th scope="row">{placeOf(cell)}</th>
                  <td>{cell.from}</td>
                  <td>{cell.to}</td>
                  <td>
                    {cell.edit.by}, {dayText(cell.edit.at)}
                  </td>
                  <td>{cell.edit.reason === '' ? 'none is given' : cell.edit.reason}</td>
                  <td>{cell.stands ? <Pill mark="claimed">stands</Pill> : <span className="muted">replaced</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {more > 0 && <p className="muted">and {more} more</p>}
    </section>
  )
}

function placeOf({ line, column }: { readonly line: number | null; readonly column: string | null }): string {
  if (line === null) return 'a line added'
  return column === null ? `line ${line}` : `line ${line}, ${column}`
}
