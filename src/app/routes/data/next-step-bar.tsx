/** One line below the head of a data page: what to do next on the way to “0 unaccounted”. */
import { useMemo } from 'react'
import { Button, ButtonLink } from '../../components/button.tsx'
import { useMapping } from '../../workspace/mapping.ts'
import { filledCells, mappingEntries } from '../../workspace/mapping-entries.ts'
import { nextStep } from '../../workspace/next-step.ts'
import { changedSinceRun } from '../../workspace/read-sources.ts'
import { useReconciliation } from '../../workspace/reconcile.ts'
import { runAllChecks } from '../../workspace/run.ts'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './data.module.css'

export function NextStepBar() {
  const project = useWorkspace((w) => w.project)
  const files = useWorkspace((w) => w.files)
  const run = useWorkspace((w) => w.run)
  const running = useWorkspace((w) => w.running !== null)
  const { done, stale } = useReconciliation()
  const mapping = useMapping()?.mapping ?? null
  const step = useMemo(() => {
    if (!project || !mapping) return null
    const entries = mappingEntries(mapping, filledCells(run?.validation ?? null))
    const count = (of: (typeof entries)[number]['tab']): number => entries.filter(({ tab }) => tab === of).length
    const { sources } = project
    return nextStep({
      legacy: sources.filter(({ side }) => side === 'legacy').length,
      target: sources.filter(({ side }) => side === 'target').length,
      missing: sources.filter(({ id }) => !files.has(id)).length,
      checked: run?.validation != null && changedSinceRun(run, project).length === 0,
      confirmed: count('confirmed'),
      suggested: count('suggested'),
      unmapped: count('unmapped'),
      reconciled: done && !stale ? done.result : null,
    })
  }, [project, mapping, files, run, done, stale])
  if (!step || running) return null
  return (
    <p className={styles.next}>
      <strong>Next</strong>
      <span>{step.words}</span>
      {step.href === null ? (
        <Button onPress={() => void runAllChecks()}>{step.label}</Button>
      ) : (
        <ButtonLink href={step.href}>{step.label}</ButtonLink>
      )}
    </p>
  )
}
