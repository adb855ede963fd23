/** Who did what: the last entries of the ledger; and for administrators who looked at what, as the server keeps it. */
import { useMemo, useState } from 'react'
import { Button } from '../components/button.tsx'
import { formatMoment } from '../components/format.ts'
import { useWorkspace } from '../session/state.ts'
import { AccessLog } from './access-log.tsx'
import { CheckpointPart } from './checkpoint-part.tsx'
import styles from './team.module.css'
import { actorName, membersByName } from './team.ts'

/** Entries that are shown at once, and added with each press. */
const page = 20

export function ActivityPanel({ project, mayAdminister }: { readonly project: string; readonly mayAdminister: boolean }) {
  const ledger = useWorkspace((w) => w.project?.ledger)
  const [shown, setShown] = useState(page)
  const last = useMemo(() => (ledger ?? []).slice(-shown).reverse(), [ledger, shown])
  return (
    <section className="stack">
      <h2>Activity</h2>
      <CheckpointPart project={project} mayAdminister={mayAdminister} />
      <ol className={styles.list} aria-label="What was done, the newest first">
        {last.map((entry) => (
          <li key={entry.hash}>
            <span className="muted caption">{formatMoment(entry.time.wall)}</span>
            <b>{actorName(entry.actor)}</b>
            <span>{entry.action.replaceAll('-', ' ')}</span>
            <span className={`muted ${styles.object}`}>{entry.object}</span>
          </li>
        ))}
      </ol>
      <div className="row-start">
        {(ledger?.length ?? 0) > shown && (
          <Button look="quiet" onPress={() => setShown(shown + page)}>
            Show {page} more
          </Button>
        )}
        <a href="#/ledger">The whole ledger</a>
      </div>
      {mayAdminister && (
        <AccessLog
          title="Who looked"
          about="Who opened, read, exported, read keys, invited, removed, and what was refused."
          path={`/team/${encodeURIComponent(project)}/access-log`}
          people={membersByName()}
        />
      )}
    </section>
  )
}
