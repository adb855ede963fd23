/** The lines of files behind a number, each a link to where it stands. */

import { useState } from 'react'
import type { CountedLine } from '../../../../core/readiness/model/counted-line.ts'
import { Button } from '../../../components/button.tsx'
import styles from './views.module.css'

/** Lines named at once; the others follow when they are asked for. */
const step = 40

/** @param lines null where so few people are behind the number that none of them is listed */
export function CountedLines({ title, lines }: { readonly title: string; readonly lines: readonly CountedLine[] | null }) {
  const [shown, setShown] = useState(step)
  const left = (lines?.length ?? 0) - shown
  return (
    <section className={`above-wide ${styles.detail}`} aria-label="Lines behind the number">
      <h2>{title}</h2>
      {lines === null && <p className="muted">Groups this small could name a person: ask whoever keeps the roster.</p>}
      {lines?.length === 0 && <p className="muted">No line of a file says anything here.</p>}
      <ul className={`bullets ${styles.rows}`}>
        {lines?.slice(0, shown).map(({ kind, line, words }) => (
          <li key={`${kind} ${line}`}>
            <a href={`#/readiness/inputs?kind=${kind}&line=${line}`}>
              {kind}, line {line}
            </a>
            : {words}
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p>
          <span className="muted">and {left} more</span>{' '}
          <Button onPress={() => setShown(shown + 5 * step)}>Show {Math.min(left, 5 * step)} more</Button>
        </p>
      )}
    </section>
  )
}
