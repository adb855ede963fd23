/** What follows what, and which role hands over to which: matrices whose numbers open to the cases they were counted in. */
import { useState } from 'react'
import { lengthText } from '../../../../core/workflow/log/length-text.ts'
import type { Matrices, Matrix, MatrixCell } from '../../../../core/workflow/log/matrices.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatNumber } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import styles from './logs.module.css'

/** Rows and columns shown at once; the others are counted. */
const shown = 14

export function LogMatrices({ matrices: { precedence, roles } }: { readonly matrices: Matrices }) {
  return (
    <>
      {roles && (
        <MatrixTable
          title={`Hand-overs by ${roles.column}`}
          says="Row hands to column; the diagonal stays with the same role."
          matrix={roles}
        />
      )}
      <MatrixTable title="Precedence" says="Row is directly followed by column in the same case." matrix={precedence} />
    </>
  )
}

function MatrixTable({ title, says, matrix }: { readonly title: string; readonly says: string; readonly matrix: Matrix }) {
  const [opened, setOpened] = useState<MatrixCell | null>(null)
  if (matrix.cells.length === 0) return null
  const totals = new Map<number, number>()
  for (const { from, to, n } of matrix.cells) {
    totals.set(from, (totals.get(from) ?? 0) + n)
    totals.set(to, (totals.get(to) ?? 0) + n)
  }
  const all = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([index]) => index)
  const order = all.slice(0, shown)
  const cells = new Map(matrix.cells.map((cell) => [`${cell.from} ${cell.to}`, cell]))
  const most = Math.max(...matrix.cells.map(({ n }) => n))
  const name = (index: number): string => matrix.names[index] ?? ''
  const words = ({ from, to }: MatrixCell): string => `${name(from)} → ${name(to)}`
  return (
    <section className={`stack below-wide ${styles.section}`}>
      <h2>{title}</h2>
      <ScrollRegion className={`box scroll ${styles.scroll}`} label={title}>
        <table>
          <thead>
            <tr>
              <td />
              {order.map((to) => (
                <th key={to} scope="col" className="number">
                  {name(to)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((from) => (
              <tr key={from}>
                <th scope="row">{name(from)}</th>
                {order.map((to) => {
                  const cell = cells.get(`${from} ${to}`)
                  return (
                    <td key={to} className="number">
                      {cell ? (
                        <button
                          type="button"
                          className={`digits ${styles.cell}`}
                          style={{ borderBottomWidth: 1 + Math.round((5 * cell.n) / most) }}
                          aria-label={`${words(cell)}: ${cell.n} times; show where`}
                          onClick={() => setOpened(cell)}
                        >
                          {formatNumber(cell.n)}
                        </button>
                      ) : (
                        <span className="muted">·</span>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="muted caption">
        {says}
        {all.length > shown && ` The ${shown} most frequent of ${formatNumber(all.length)} are shown.`}
        {matrix.unknown > 0 && ` ${formatNumber(matrix.unknown)} times one of the two is not named.`}
      </p>
      {opened && (
        <Dialog title={words(opened)} open onClose={() => setOpened(null)}>
          <p>
            {formatNumber(opened.n)} times in {formatNumber(opened.cases)} cases
            {opened.medianSeconds !== null && `; half of the times within ${lengthText(opened.medianSeconds)}`}.
          </p>
          <ul>
            {opened.seen.map((seen, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a case may come twice, and the list never changes
              <li key={at}>
                case {formatNumber(seen.case)} of the log{seen.seconds !== null && `, after ${lengthText(seen.seconds)}`}
              </li>
            ))}
            {opened.n > opened.seen.length && <li>{formatNumber(opened.n - opened.seen.length)} more</li>}
          </ul>
          <DialogActions>
            <Button onPress={() => setOpened(null)}>Close</Button>
          </DialogActions>
        </Dialog>
      )}
    </section>
  )
}
