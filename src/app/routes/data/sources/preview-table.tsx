/** The first rows as they would be read; cells that a choice decides about are marked in words, too. */

import type { CellMark } from '../../../../core/data/read/preview.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import styles from '../data.module.css'
import type { TablePreview } from './reading-words.ts'

const markWords: Readonly<Record<CellMark, string>> = {
  'date-order': 'can be read day first or month first',
  null: 'looks like “nothing recorded”',
  decimal: 'has a decimal comma',
  damaged: 'has a character that could not be read',
}

export function PreviewTable({ preview }: { readonly preview: TablePreview }) {
  const show = useShown()
  const { structure, rows } = preview
  const seen = [...new Set(rows.flatMap(({ marks }) => marks))].flatMap((mark) => mark ?? [])
  return (
    <div>
      <div className="row apart">
        <h3>First {formatCount(rows.length, 'row')}</h3>
        <RevealButton />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={`scroll outlined ${styles.previewScroll}`} tabIndex={0} aria-label="First rows">
        <table className={styles.previewTable}>
          <thead>
            <tr>
              <th scope="col" className="number">
                Line
              </th>
              {structure.header.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.record}>
                <td className="number muted">{formatNumber(row.line)}</td>
                {row.cells.map((cell, column) => {
                  const mark = row.marks[column] ?? null
                  return (
                    <td
                      key={structure.header[column] ?? `extra ${column}`}
                      className={mark === null ? undefined : styles.doubt}
                      title={mark === null ? undefined : markWords[mark]}
                    >
                      {show(cell.length > 80 ? `${cell.slice(0, 80)}…` : cell)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {seen.length > 0 && (
        <p className="muted caption">
          <span className={styles.doubt}>Marked</span> cells: {seen.map((mark) => markWords[mark]).join('; ')}.
        </p>
      )}
    </div>
  )
}
