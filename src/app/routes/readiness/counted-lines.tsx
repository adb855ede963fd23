/** The lines of files behind a number, each a link to where it stands. */
import type { CountedLine } from '../../../core/readiness/views/heat-grid.ts'
import styles from './views.module.css'

/** Lines named at once; the others are counted. */
const shown = 40

export function CountedLines({ title, lines }: { readonly title: string; readonly lines: readonly CountedLine[] }) {
  return (
    <section className={styles.detail} aria-label="Lines behind the number">
      <h2>{title}</h2>
      {lines.length === 0 && <p className="muted">No line of a file says anything here.</p>}
      <ul className={styles.rows}>
        {lines.slice(0, shown).map(({ kind, line, words }) => (
          <li key={`${kind} ${line}`}>
            <a href={`#/readiness/inputs?kind=${kind}&line=${line}`}>
              {kind}, line {line}
            </a>
            : {words}
          </li>
        ))}
        {lines.length > shown && <li className="muted">and {lines.length - shown} more</li>}
      </ul>
    </section>
  )
}
