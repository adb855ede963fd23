/** Who did what: the last entries of the ledger; and for administrators who looked at what, as the server keeps it. */
import { useMemo, useState } from 'react'
import { errorWords } from '../../core/values/error-words.ts'
import { Button } from '../components/button.tsx'
import { formatMoment } from '../components/format.ts'
import { Note } from '../components/panel.tsx'
import { useWorkspace } from '../session/state.ts'
import { download } from '../window/download.ts'
import styles from './team.module.css'
import { actorName } from './team.ts'
import { useTeam } from './team-state.ts'

/** Entries that are shown at once, and added with each press. */
const page = 20

export function ActivityPanel({ project, mayAdminister }: { readonly project: string; readonly mayAdminister: boolean }) {
  const ledger = useWorkspace((w) => w.project?.ledger)
  const proven = useTeam((team) => team.proven)
  const [shown, setShown] = useState(page)
  const [problem, setProblem] = useState<string | null>(null)
  const last = useMemo(() => (ledger ?? []).slice(-shown).reverse(), [ledger, shown])
  const save = (format: 'csv' | 'fhir') => async (): Promise<void> => {
    try {
      const answer = await fetch(`/team/${encodeURIComponent(project)}/access-log?format=${format}`)
      if (!answer.ok) throw new Error(`The server gave no log (${answer.status}). Try again in a moment.`)
      const type = format === 'csv' ? 'text/csv' : 'application/fhir+json'
      download(format === 'csv' ? 'access-log.csv' : 'access-log.json', new Uint8Array(await answer.arrayBuffer()), type)
      setProblem(null)
    } catch (error) {
      setProblem(errorWords(error))
    }
  }
  return (
    <section className="stack">
      <h2>Activity</h2>
      <p className="caption muted">
        {proven === null
          ? 'The server has not signed for its ledger in this visit yet.'
          : `The server signed for ${proven} entries. This browser checked that they go on from what it saw before.`}
      </p>
      {problem !== null && <Note mark="error">{problem}</Note>}
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
        {mayAdminister && (
          <>
            <Button onPress={save('csv')}>Who looked: CSV</Button>
            <Button onPress={save('fhir')}>Who looked: FHIR AuditEvent</Button>
          </>
        )}
      </div>
    </section>
  )
}
