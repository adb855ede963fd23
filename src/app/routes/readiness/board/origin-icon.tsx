/** The shape before "Where it comes from": a file, a keyboard, a run, the ledger, a drawing. The words beside it say the same. */

import type { Origin } from '../../../../core/readiness/model/origin-kind.ts'
import styles from './gates.module.css'

type Shape = 'file' | 'signed' | 'keyboard' | 'run' | 'ledger' | 'drawing'

const shapes: Readonly<Record<Origin['kind'], Shape>> = {
  computed: 'run',
  vouched: 'run',
  told: 'run',
  recorded: 'ledger',
  unanswered: 'ledger',
  signed: 'signed',
  unverified: 'signed',
  typed: 'keyboard',
  added: 'file',
  dropped: 'file',
  drawn: 'drawing',
  example: 'file',
}

const paths: Readonly<Record<Shape, string>> = {
  file: 'M4 1.75h5L12.25 5v9.25H4ZM9 1.75V5h3.25',
  signed: 'M4 1.75h5L12.25 5v9.25H4ZM9 1.75V5h3.25M6 9.5l1.6 1.6L10.4 8',
  keyboard: 'M1.5 4.25h13v7.5h-13ZM4 7h.01M6.5 7h.01M9 7h.01M11.5 7h.01M5 9.5h6',
  run: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5ZM6.75 5.5v5L10.5 8Z',
  ledger: 'M3.5 1.75h9v12.5h-9ZM6 5h4M6 8h4M6 11h2.5',
  drawing: 'M1.75 3h5v4h-5ZM9.25 9h5v4h-5ZM4.25 7v4h5',
}

export function OriginIcon({ kind }: { readonly kind: Origin['kind'] }) {
  return (
    <svg className={`muted ${styles.origin}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d={paths[shapes[kind]]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  )
}
