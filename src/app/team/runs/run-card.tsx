/** One run of the server: how far it is, what it lacks, and what can be done with it. */
import { useState } from 'react'
import { counted } from '../../../core/counted.ts'
import type { ServerRun } from '../../../core/team/server-runs.ts'
import { Button } from '../../components/button.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { Note } from '../../components/panel.tsx'
import { Progress } from '../../components/progress.tsx'
import { ScrollRegion } from '../../components/scroll-region.tsx'
import { ask } from '../../session/question.ts'
import { useWorkspace } from '../../session/state.ts'
import { actorName } from '../team.ts'
import { useTeam } from '../team-state.ts'
import { openServerRun } from './open-result.ts'
import { amountWords, endWords, stageWords, stateWords, tasksOf, verbWords } from './run-words.ts'
import { cancelServerRun, tryServerRunAgain } from './server-runs.ts'

export function RunCard({ run }: { readonly run: ServerRun }) {
  const { verb, by, started, state, ended } = run
  const [problem, setProblem] = useState<string | null>(null)
  const { tasks, ended: over } = state ? tasksOf(state) : { tasks: 0, ended: 0 }
  const title = `${verbWords[verb].name}, ${formatMoment(started)}`
  return (
    <article className="card stack" aria-label={title}>
      <div className="row apart">
        <h3>{title}</h3>
        <span className="muted">begun by {actorName(by)}</span>
      </div>
      {ended === null ? (
        <>
          <Progress label={stateWords(run)} share={tasks === 0 ? 0 : over / tasks} />
          <p className="muted caption">{amountWords(run)}</p>
        </>
      ) : (
        <p role="status">
          <strong>{endWords[ended.outcome]}</strong> on {formatMoment(ended.at)}. <KeptAs started={started} />
          <span className="muted">{amountWords(run)}</span>
        </p>
      )}
      {ended?.why && <Note mark="error">{ended.why}</Note>}
      <SetAside run={run} />
      {state !== null && <Stages run={run} />}
      {problem !== null && <Note mark="error">{problem}</Note>}
      <Acts run={run} onProblem={setProblem} />
    </article>
  )
}

/** The run of the project that was made of it. */
function KeptAs({ started }: Pick<ServerRun, 'started'>) {
  const number = useWorkspace((w) => w.project?.runs.find((run) => run.started === started)?.number ?? null)
  return number === null ? null : <>It is run #{formatNumber(number)} of the project. </>
}

function Acts({ run, onProblem }: { readonly run: ServerRun; readonly onProblem: (why: string | null) => void }) {
  const [busy, setBusy] = useState(false)
  const isRunning = useWorkspace((w) => w.running !== null)
  const mayWrite = useTeam((team) => team.mayWrite)
  const act = (work: () => Promise<string | null>) => async (): Promise<void> => {
    setBusy(true)
    onProblem(await work())
    setBusy(false)
  }
  const { ended, verb } = run
  if (ended === null)
    return (
      <div className="row-start">
        <Button isDisabled={busy || !mayWrite} onPress={act(() => cancel(run))}>
          {busy ? 'Cancelling…' : 'Cancel the run…'}
        </Button>
      </div>
    )
  const isMissing = ended.outcome === 'not-whole' || ended.outcome === 'failed'
  if (!ended.hasResult && !isMissing) return null
  return (
    <div className="row-start">
      {ended.hasResult && (
        <Button look="primary" isDisabled={busy || isRunning} onPress={act(() => openServerRun(run))}>
          {verbWords[verb].open}
        </Button>
      )}
      {isMissing && (
        <Button isDisabled={busy || !mayWrite} onPress={act(() => tryServerRunAgain(run))}>
          Do what is missing
        </Button>
      )}
    </div>
  )
}

async function cancel(run: ServerRun): Promise<string | null> {
  const answer = await ask({
    title: 'Cancel this run?',
    text: 'Its processes end, and what they found so far is not reported. The files stay as they are.',
    choices: [
      { value: 'stay', label: 'Let it run' },
      { value: 'cancel', label: 'Cancel the run' },
    ],
  })
  return answer === 'cancel' ? await cancelServerRun(run) : null
}

/** Tasks that failed each time, by what they would have read. */
function SetAside({ run: { state } }: { readonly run: ServerRun }) {
  const aside = state?.aside ?? []
  if (aside.length === 0) return null
  return (
    <Note mark="warning">
      <p>
        {counted(aside.length, 'task')} failed each time and {aside.length === 1 ? 'was' : 'were'} set aside. Not judged:
      </p>
      <ul className="bullets">
        {aside.slice(0, mostShown).map(({ task, place, why }) => (
          <li key={task} className="breaks">
            {place === '' ? task : place}: {why}
          </li>
        ))}
      </ul>
      {aside.length > mostShown && <p>…and {formatNumber(aside.length - mostShown)} more.</p>}
    </Note>
  )
}

const mostShown = 20

function Stages({ run: { state } }: { readonly run: ServerRun }) {
  return (
    <details>
      <summary>Stages</summary>
      <ScrollRegion className="box scroll above" label="Stages of the run">
        <table>
          <thead>
            <tr>
              <th scope="col">Stage</th>
              <th scope="col" className="number">
                Tasks
              </th>
              <th scope="col" className="number">
                Done
              </th>
              <th scope="col" className="number">
                Set aside
              </th>
            </tr>
          </thead>
          <tbody>
            {state?.stages.map(({ stage, tasks, done, setAside }) => (
              <tr key={stage}>
                <td>{stageWords(stage)}</td>
                <td className="number">{formatNumber(tasks)}</td>
                <td className="number">{formatNumber(done)}</td>
                <td className="number">{formatNumber(setAside)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  )
}
