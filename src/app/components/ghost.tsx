/** An example where a page is still empty: what will stand there, drawn so that nobody takes it for data, and never printed. */
import styles from './ghost.module.css'

export interface GhostTable {
  /** What the rows would be. */
  readonly says: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export function Ghost({ says, head, rows }: GhostTable) {
  return (
    <figure className={`no-print ${styles.ghost}`} aria-label={`Example, no data of this project: ${says}`} data-ghost>
      <figcaption className="spread caption">
        <strong className={`outlined ${styles.word}`}>Example</strong>
        <span className="muted">{says}. Nothing of it is in this project.</span>
      </figcaption>
      <table className={styles.table}>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((cell, column) => (
                <td key={head[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
