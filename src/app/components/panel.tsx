/** Small shared pieces of a page: its head, an empty state, a note, and a list of facts. */
import type { ReactNode } from 'react'
import { Ghost, type GhostTable } from './ghost.tsx'
import styles from './panel.module.css'
import { type Mark, SeverityMark } from './severity-mark.tsx'

/** The one h1 of a page with its actions at the right. */
export function PageHead({
  title,
  beside,
  children,
}: {
  readonly title: string
  readonly beside?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className={`row below ${styles.head}`}>
      <h1 tabIndex={-1} id="page-title">
        {title}
      </h1>
      {beside}
      <span className="grow" />
      <div className="row-start">{children}</div>
    </div>
  )
}

/** What to do where there is nothing yet, and below it what will stand there. */
export function EmptyState({
  title,
  example,
  children,
}: {
  readonly title: string
  readonly example?: GhostTable
  readonly children?: ReactNode
}) {
  return (
    <>
      <section className={`dashed ${styles.empty}`}>
        <h2>{title}</h2>
        <div className={`row above ${styles.emptyBody}`}>{children}</div>
      </section>
      {example && <Ghost {...example} />}
    </>
  )
}

/** A message that stays where it belongs until its cause is gone. */
export function Note({ mark, children }: { readonly mark: Mark; readonly children: ReactNode }) {
  return (
    <div
      className={`box around line-start ${styles.note} ${styles[mark] ?? ''}`}
      role={mark === 'error' || mark === 'critical' ? 'alert' : 'note'}
    >
      <SeverityMark mark={mark} label={mark} />
      <div>{children}</div>
    </div>
  )
}

/** Names and values, one per line. */
export function Facts({ items }: { readonly items: readonly { readonly name: string; readonly value: ReactNode }[] }) {
  return (
    <dl className={styles.facts}>
      {items.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
