/** What others changed since this person was here, by wing; each line leads to the place. */
import { useMemo, useRef } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import {
  type ChangeLine,
  carriedOn,
  changesSince,
  sinceWords,
  type Wing,
  wings,
} from '../../../../core/project/reports/changes-since.ts'
import { Button } from '../../../components/button.tsx'
import { formatMoment } from '../../../components/format.ts'
import { isThisDevice } from '../../../session/device.ts'
import { markSeen, useVisit } from '../../../session/visit.ts'
import { linkTo } from '../../../window/address.ts'
import styles from './since-visit.module.css'

export function SinceVisit({ project }: { readonly project: Project }) {
  const open = useVisit((state) => state.open)
  const head = useRef<HTMLHeadingElement>(null)
  const lines = useMemo(() => {
    if (open?.project !== project.manifest.id) return []
    const own = { isHere: isThisDevice, actor: open.actor }
    return changesSince(carriedOn(open.visit, project, open.others), project, own)
  }, [open, project])
  if (open?.project !== project.manifest.id || open.isFirst) return null
  return (
    <section className="below-wide no-print" aria-labelledby="since-visit">
      <div className="row">
        <h2 id="since-visit" ref={head} tabIndex={-1} className={styles.head}>
          {lines.length === 0 ? 'Nothing changed' : 'Changed'} since you were here on {sinceWords(open.visit)}
        </h2>
        {lines.length > 0 && (
          <Button
            onPress={() => {
              void markSeen()
              // The button goes with what it was about.
              head.current?.focus()
            }}
          >
            Mark as seen
          </Button>
        )}
      </div>
      {lines.length > 0 && (
        <div className={`box tiles above ${styles.wings}`}>
          {wings.map((wing) => (
            <WingLines key={wing} wing={wing} lines={lines.filter((line) => line.wing === wing)} />
          ))}
        </div>
      )}
    </section>
  )
}

function WingLines({ wing, lines }: { readonly wing: Wing; readonly lines: readonly ChangeLine[] }) {
  if (lines.length === 0) return null
  return (
    <section aria-label={wing}>
      <h3>{wing}</h3>
      <ul className="stack above">
        {lines.map(({ what, by, at, route }) => (
          <li key={`${what} ${by} ${route}`}>
            <a href={linkTo(route)}>{what}</a>
            <span className="caption muted">
              {by !== null && ` by ${by}`}
              {at !== null && `, ${formatMoment(at)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
