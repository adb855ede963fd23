/** Sample plan: how many records, which, and what reading them proves; locked before the seed is rolled. */
import { currentRun } from '../../../../core/project/signing/signature.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { runAllChecks } from '../../data/acts/run.ts'
import { PlanDesk } from './plan-desk.tsx'
import { PlanLocked } from './plan-locked.tsx'

export function PlanPage() {
  const project = useWorkspace((w) => w.project)
  // A cancelled run does not know every record.
  const population = useWorkspace((w) => (w.run?.summary.partial === false ? w.run.pairing : null))
  const ranHere = useWorkspace((w) => w.run !== null)
  const running = useWorkspace((w) => w.running !== null)
  if (!project) return null
  const { plan, frame } = project.review
  if (plan && frame !== null) return <PlanLocked plan={plan} />
  if (population && currentRun(project)) return <PlanDesk population={population} />
  const missing = (['legacy', 'target'] as const).filter((side) => project.sources.every((source) => source.side !== side))
  if (missing.length > 0)
    return (
      <>
        <PageHead title="Sample plan" />
        <EmptyState title="Both sides are needed" example={ghosts.plan}>
          <p>
            The plan counts every record of the old system and what became of it in the new one. This project has no{' '}
            {missing.join(' and no ')} files; with them, run all checks.
          </p>
          <ButtonLink look="primary" href="#/data/sources">
            Add {missing.join(' and ')} files
          </ButtonLink>
          <ButtonLink href="#/review/golden">Choose golden patients</ButtonLink>
        </EmptyState>
      </>
    )
  const earlier = currentRun(project)
  return (
    <>
      <PageHead title="Sample plan" />
      <EmptyState title="Run all checks first">
        <p>
          The plan counts every record of the old system, and records with an open critical finding are read anyway: both come
          from a complete run over both sides.
          {earlier &&
            !ranHere &&
            ` Run ${earlier.number} was made in an earlier visit and keeps counts, not the list of records; the list is made again from the files.`}
        </p>
        {project.mapping.size === 0 && (
          <p>
            There is no field map yet, so no record finds its other side: <a href="#/data/mapping">make a field map</a> first.
          </p>
        )}
        <Button look="primary" onPress={() => void runAllChecks()} isDisabled={running}>
          {running ? 'Running…' : 'Run all checks'}
        </Button>
        <ButtonLink href="#/data/sources">Sources</ButtonLink>
        <ButtonLink href="#/review/golden">Choose golden patients</ButtonLink>
      </EmptyState>
    </>
  )
}
