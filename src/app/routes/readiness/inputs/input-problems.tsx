/** Cells that are wrong in a file that is edited by hand, each one press away. */
import { counted } from '../../../../core/counted.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import styles from './input-editor.module.css'
import type { EditColumn, EditRow, RowProblems } from './input-table.ts'

/** Listed one by one; the others are counted. */
const listed = 20

export function InputProblems(props: {
  readonly rows: readonly EditRow[]
  readonly columns: readonly EditColumn[]
  readonly problems: ReadonlyMap<number, RowProblems>
  readonly onCell: (index: number, id: number, at: number) => void
}) {
  const { rows, columns, problems, onCell } = props
  if (problems.size === 0) return null
  const cells = rows.flatMap(({ id }, index) => {
    const wrong = problems.get(id)
    if (wrong === undefined) return []
    return columns.flatMap(({ at, name }) => {
      const problem = wrong.get(at)
      return problem === undefined ? [] : [{ index, id, at, words: `Row ${index + 1}, “${name}” ${problem}` }]
    })
  })
  return (
    <section className={`above ${styles.problems}`} aria-label="Cells to mend">
      <h3>
        <SeverityMark mark="error" /> {counted(cells.length, 'cell')} to mend
      </h3>
      <ul>
        {cells.slice(0, listed).map(({ index, id, at, words }) => (
          <li key={`${id} ${at}`}>
            <button type="button" onClick={() => onCell(index, id, at)}>
              {words}
            </button>
          </li>
        ))}
      </ul>
      {cells.length > listed && <p className="muted">and {cells.length - listed} more</p>}
    </section>
  )
}
