/** A project without data leads: ways to begin for each role, and a list that the project itself ticks. */
import { FileTrigger } from 'react-aria-components'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { type Beginner, beginners, type FirstStep, firstSteps } from '../../../../core/readiness/evidence/first-steps.ts'
import { inputFiles } from '../../../../core/readiness/input-files/files.ts'
import { draftKinds, templateMaps } from '../../../../core/readiness/kept-files/template-maps.ts'
import { Button } from '../../../components/button.tsx'
import { Ghost } from '../../../components/ghost.tsx'
import { ghosts } from '../../../components/ghosts.ts'
import { Note } from '../../../components/panel.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { openFiles, openSample } from '../../../opening/opening.ts'
import { type RoleLens, useWorkspace } from '../../../session/state.ts'
import { type Address, linkTo } from '../../../window/address.ts'
import styles from './first-steps.module.css'

type Way = { readonly label: string; readonly detail: string } & (
  | { readonly href: Address }
  | { readonly run: 'sample' | 'bundle' }
)

/** In the words of each role; never more than three, so that nobody has to read a menu. */
const ways: Readonly<Record<Beginner, readonly Way[]>> = {
  'Workflow analyst': [
    { label: 'Draw a workflow', detail: 'or start from a template of one', href: '#/workflow' },
    { label: 'Find the workflow in an event log', detail: 'CSV or XES of who did what, when', href: '#/workflow/logs' },
    { label: 'Look at a finished comparison', detail: 'opens the sample clinic', run: 'sample' },
  ],
  'Data team': [
    { label: 'Add extracts of both systems', detail: 'CSV, SQL dump, Parquet, workbook, FHIR', href: '#/data/sources' },
    { label: 'Map fields', detail: 'proposed from names and values', href: '#/data/mapping' },
    { label: 'See which checks there are', detail: 'each with an example that fails', href: '#/help/rules' },
  ],
  Clinician: [
    { label: 'Open the file I was given', detail: 'a reader’s bundle, .carryover', run: 'bundle' },
    { label: 'Plan how many records to read', detail: 'and what that proves', href: '#/review/plan' },
    { label: 'Write down a hazard', detail: 'what could harm a patient', href: '#/review/hazards' },
  ],
  'Project lead': [
    { label: 'Set the day of go-live', detail: 'milestones of the plan', href: '#/readiness/inputs?kind=milestones' },
    { label: 'Write down what can go wrong', detail: 'register of risks', href: '#/readiness/inputs?kind=risks' },
    { label: 'See the page for the committee', detail: 'go or no-go, as it stands', href: '#/readiness/go-no-go' },
  ],
}

const first: Readonly<Record<RoleLens, Beginner | null>> = {
  everyone: null,
  analyst: 'Workflow analyst',
  data: 'Data team',
  clinician: 'Clinician',
}

/** Null once every first step is done: the board leads from there. */
export function FirstSteps({ project }: { readonly project: Project }) {
  const steps = firstSteps(project)
  const lens = useWorkspace((w) => w.lens)
  const done = steps.filter((step) => step.done).length
  if (done === steps.length) return null
  const begun = done > 0
  const order = [...beginners].sort((a, b) => Number(b === first[lens]) - Number(a === first[lens]))
  return (
    <section className="stack-wide below-wide no-print" aria-labelledby="first-steps">
      <h2 id="first-steps">{begun ? 'First steps' : 'Where would you like to begin?'}</h2>
      <FromTemplate project={project} />
      {!begun && (
        <div className={styles.roles}>
          {order.map((who) => (
            <Tile key={who} who={who} />
          ))}
        </div>
      )}
      <details className={`box ${styles.steps}`} open={!begun || undefined}>
        <summary>
          <strong>
            {done} of {counted(steps.length, 'first step')} done
          </strong>
          <span className="muted"> · ticked by what the project holds</span>
        </summary>
        <ol className={styles.list} aria-label="First steps">
          {steps.map((step) => (
            <Step key={step.id} step={step} />
          ))}
        </ol>
      </details>
      {!begun && <Ghost {...ghosts.board} />}
    </section>
  )
}

function Tile({ who }: { readonly who: Beginner }) {
  return (
    <section className="card stack" aria-label={who}>
      <h3>{who}</h3>
      <ul className="stack">
        {ways[who].map((way) => (
          <li key={way.label} className="stack-tight">
            {'href' in way ? <a href={way.href}>{way.label}</a> : <Act label={way.label} run={way.run} />}
            <span className="caption muted">{way.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Act({ label, run }: { readonly label: string; readonly run: 'sample' | 'bundle' }) {
  const safe = useWorkspace((w) => w.policy?.safe ?? false)
  if (run === 'sample')
    return (
      <span>
        <Button look="quiet" onPress={() => void openSample()}>
          {label}
        </Button>
      </span>
    )
  return (
    <span>
      <FileTrigger acceptedFileTypes={['.carryover']} onSelect={(list) => list && void openFiles([...list])}>
        <Button look="quiet" isDisabled={!safe}>
          {label}
        </Button>
      </FileTrigger>
    </span>
  )
}

function Step({ step }: { readonly step: FirstStep }) {
  return (
    <li className={styles.step} data-done={step.done || undefined}>
      <Pill mark={step.done ? 'proven' : 'waiting'}>{step.done ? 'done' : 'open'}</Pill>
      <a href={linkTo(step.route)}>{step.title}</a>
      <span className="caption muted">
        {step.who}
        {step.detail === '' ? '' : ` · ${step.detail}`}
      </span>
    </li>
  )
}

/** Said as long as something of the template is as it came. */
function FromTemplate({ project }: { readonly project: Project }) {
  const [maps, drafts] = [templateMaps(project).size, draftKinds(project)]
  if (maps + drafts.length === 0) return null
  return (
    <Note mark="info">
      <p>
        This project holds {counted(maps, 'map')} and {counted(drafts.length, 'draft')} of files from its template. They are
        examples to change: none of them counts as evidence. A map counts as yours once you change what it says. A draft counts
        once you save it under your name.
      </p>
      {drafts.length > 0 && (
        <ul className="row" aria-label="Drafts of files">
          {drafts.map((kind) => (
            <li key={kind}>
              <a href={`#/readiness/inputs?kind=${kind}`}>{inputFiles[kind].title}</a>
            </li>
          ))}
        </ul>
      )}
    </Note>
  )
}
