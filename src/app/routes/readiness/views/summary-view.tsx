/** Summaries of patients on paper: numbers in, one A4 page each out; gone when the page is left. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { EmptyState, Note } from '../../../components/panel.tsx'
import { useLocked } from '../../../people/seat.ts'
import { useWorkspace } from '../../../session/state.ts'
import { missingSources } from '../../data/acts/sources.ts'
import { OpenAgainButtons } from '../../data/sources/missing-sources.tsx'
import {
  askedSummary,
  askSummary,
  keysIn,
  mostSummaries,
  patientSummaries,
  type Summary,
} from '../../review/acts/patient-summaries.ts'
import { SeatLock } from '../../review/records/seat-lock.tsx'
import { ReportSheet } from '../reports/report-sheet.tsx'
import styles from './views.module.css'

export function SummaryView({ project }: { readonly project: Project }) {
  const files = useWorkspace((w) => w.files)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is missing follows from both
  const missing = useMemo(() => missingSources(), [files, project.sources])
  const locked = useLocked()
  if (locked) return <SeatLock />
  if (project.sources.length === 0)
    return (
      <EmptyState title="There are no records to make a summary from">
        <p>Add the migrated records under Sources, then confirm the mapping.</p>
      </EmptyState>
    )
  if (missing.length > 0)
    return (
      <EmptyState title={`${counted(missing.length, 'source file is', 'source files are')} not open`}>
        <p>A project keeps no records of patients. Open the same files again to print summaries.</p>
        <OpenAgainButtons />
      </EmptyState>
    )
  return <Summaries target={project.manifest.target} />
}

function Summaries({ target }: { readonly target: string }) {
  const [text, setText] = useState(askedSummary() ?? '')
  const [made, setMade] = useState<readonly Summary[]>([])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const make = useCallback(async (keys: readonly string[]): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      setMade(await patientSummaries(keys))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }, [])
  useEffect(() => {
    const key = askedSummary()
    if (key !== null) void make([key])
    return () => askSummary(null)
  }, [make])
  const keys = keysIn(text)
  const tooMany = keys.length > mostSummaries
  const absent = made.filter(({ sheet }) => sheet === null)
  return (
    <>
      <div className="no-print">
        <p className="below prose">
          One A4 page for each patient, from the migrated records of {target}: allergies, current medicines, problems, contacts
          and last results. It is made in this browser. Nothing of it is kept: not in the project, not in the browser, not in the
          address.
        </p>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (keys.length > 0 && !tooMany && !busy) void make(keys)
          }}
        >
          <Field
            label="Patient numbers"
            lines={3}
            value={text}
            onChange={setText}
            autoComplete="off"
            spellCheck="false"
            hint={`As the system you leave writes them, up to ${mostSummaries}, with a space or a comma between them.`}
            problem={tooMany ? `These are ${keys.length} numbers. Make at most ${mostSummaries} at once.` : null}
          />
          <p className="row-start above">
            <Button look="primary" type="submit" isDisabled={keys.length === 0 || tooMany || busy}>
              {busy ? 'Reading records…' : 'Make the sheets'}
            </Button>
          </p>
        </form>
        {problem !== null && <Note mark="error">{problem}</Note>}
        {absent.length > 0 && (
          <Note mark="warning">
            {target} has no record of {counted(absent.length, 'number')}: {absent.map(({ key }) => key).join(', ')}. No sheet is
            made. Check the numbers, and ask the patient.
          </Note>
        )}
      </div>
      {made.map(({ key, sheet }) =>
        sheet === null ? null : (
          <div key={key} className={`above-wide ${styles.kit}`}>
            <ReportSheet sheet={sheet} />
          </div>
        ),
      )}
    </>
  )
}
