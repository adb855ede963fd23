/** What a reader of findings must know first: that the run is partial, about earlier files, or did not read all of a file. */
import { useMemo } from 'react'
import type { RunInput } from '../../../../core/project/format/run.ts'
import { mappingDigest } from '../../../../core/project/runs/opened-inputs.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { type RunDetail, useWorkspace } from '../../../session/state.ts'
import { changedSinceRun } from '../acts/read-sources.ts'
import { useReconciliation } from '../acts/reconcile.ts'
import { NoSchemaNote } from './no-schema-note.tsx'

export function RunNotes({ run }: { readonly run: RunDetail }) {
  return (
    <>
      {run.summary.partial && (
        <Note mark="warning">This run is partial: it was cancelled or failed. Partial results are never evidence.</Note>
      )}
      <ChangedNote run={run} />
      <OtherMapNote run={run} />
      <ReconciledSinceNote run={run} />
      <TornNote inputs={run.summary.inputs} />
      <NoSchemaNote />
    </>
  )
}

/** Counts of earlier files stay readable, and say that they are of earlier files. */
function ChangedNote({ run }: { readonly run: RunDetail }) {
  const project = useWorkspace((w) => w.project)
  const changed = useMemo(() => (project ? changedSinceRun(run, project) : []), [run, project])
  if (changed.length === 0) return null
  return (
    <Note mark="warning">
      Run #{run.summary.number} is about earlier files: {changed.join(', ')}. What is listed may no longer be so, and rows of
      changed files can not be opened. Run all checks again.
    </Note>
  )
}

/** Differences between both sides hang on the field map. */
function OtherMapNote({ run: { summary } }: { readonly run: RunDetail }) {
  const mapping = useWorkspace((w) => w.project?.mapping)
  const isOther = useMemo(
    () => mapping !== undefined && summary.pairing !== null && summary.mapping !== mappingDigest(mapping),
    [mapping, summary],
  )
  if (!isOther) return null
  return (
    <Note mark="warning">
      Run #{summary.number} compared by an earlier field map. Differences between both sides may no longer be so. Run all checks
      again.
    </Note>
  )
}

/** A reconciliation by itself adds nothing to the findings of a run. */
function ReconciledSinceNote({ run: { summary } }: { readonly run: RunDetail }) {
  const { done, stale } = useReconciliation()
  if (!done || stale || summary.pairing !== null) return null
  const kinds = done.result.findings.length
  return (
    <Note mark="warning">
      Run #{summary.number} looked at each side by itself. Both sides were reconciled since then:{' '}
      <a href="#/data/reconcile">{formatCount(kinds, 'kind of difference', 'kinds of differences')}</a> and{' '}
      {formatCount(done.result.unaccounted, 'unaccounted record')} are not listed here. Run all checks to list them.
    </Note>
  )
}

function TornNote({ inputs }: { readonly inputs: readonly RunInput[] }) {
  const torn = inputs.filter((input) => input.status !== 'read').map(({ name }) => name)
  if (torn.length === 0) return null
  return (
    <Note mark="warning">
      {torn.length === 1 ? 'One file was' : `${formatNumber(torn.length)} files were`} not read to the end: {torn.join(', ')}.{' '}
      {torn.length === 1 ? 'Its' : 'Their'} findings say where reading stopped; what lies behind is not known.
    </Note>
  )
}
