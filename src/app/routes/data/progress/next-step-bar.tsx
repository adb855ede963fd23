/** One line below the head of a data page: what to do next on the way to “0 unaccounted”. */
import { useMemo } from 'react'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { navigate } from '../../../window/hash-location.ts'
import { useMapping } from '../acts/mapping.ts'
import { filledCells, mappingEntries } from '../acts/mapping-entries.ts'
import { suggestLines } from '../acts/mapping-help.ts'
import { nextStep } from '../acts/next-step.ts'
import { changedSinceRun } from '../acts/read-sources.ts'
import { useReconciliation } from '../acts/reconcile.ts'
import { runAllChecks } from '../acts/run.ts'
import styles from '../data.module.css'
import { useAllFindings } from '../findings/use-findings.ts'
import { showPart } from './show-part.ts'

export function NextStepBar() {
  const project = useWorkspace((w) => w.project)
  const files = useWorkspace((w) => w.files)
  const run = useWorkspace((w) => w.run)
  const running = useWorkspace((w) => w.running !== null)
  const { done, stale } = useReconciliation()
  const mapping = useMapping()?.mapping ?? null
  const { list } = useAllFindings()
  const step = useMemo(() => {
    if (!project || !mapping) return null
    const entries = mappingEntries(mapping, filledCells(run?.validation ?? null))
    const count = (of: (typeof entries)[number]['tab']): number => entries.filter(({ tab }) => tab === of).length
    const { sources } = project
    const first = entries.find(({ tab, at }) => tab === 'suggested' && at !== null)?.at ?? null
    return nextStep({
      legacy: sources.filter(({ side }) => side === 'legacy').length,
      target: sources.filter(({ side }) => side === 'target').length,
      missing: sources.filter(({ id }) => !files.has(id)).length,
      checked: run?.validation != null && changedSinceRun(run, project).length === 0,
      confirmed: count('confirmed'),
      suggested: count('suggested'),
      unmapped: count('unmapped'),
      firstSuggested: first === null ? null : first + 1,
      critical: list.filter(({ finding, state }) => finding.severity === 'critical' && state === 'new').length,
      reconciled: done && !stale ? { ...done.result, notCompared: done.result.notCompared.length } : null,
    })
  }, [project, mapping, files, run, done, stale, list])
  if (!step || running) return null
  return (
    <p className={`row below ${styles.next}`}>
      <strong>Next</strong>
      <span>{step.words}</span>
      {typeof step.act === 'object' ? (
        <ButtonLink href={step.act.href} onClick={shown(step.act.part)}>
          {step.label}
        </ButtonLink>
      ) : (
        <Button onPress={() => void (step.act === 'check' ? runAllChecks() : propose())}>{step.label}</Button>
      )}
    </p>
  )
}

/** On the page itself the address stays the same: the part is shown all the same. */
function shown(part: string | undefined): (() => void) | undefined {
  return part === undefined ? undefined : () => showPart(part)
}

/** Proposals are shown where they wait; where there are none, the page says so. */
async function propose(): Promise<void> {
  if ((await suggestLines()) > 0) navigate('/data/mapping?tab=suggested')
}
