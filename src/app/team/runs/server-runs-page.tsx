/** Data → Server runs: checks over files that lie at the clinic's server, on its engine; each watched, called off and opened as if it had run here. */
import { useEffect, useState } from 'react'
import { counted } from '../../../core/counted.ts'
import type { ServerInputs, ServerVerb } from '../../../core/team/server-runs.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { formatBytes, formatNumber } from '../../components/format.ts'
import { EmptyState, Note, PageHead } from '../../components/panel.tsx'
import { ScrollRegion } from '../../components/scroll-region.tsx'
import { useWorkspace } from '../../session/state.ts'
import styles from '../team.module.css'
import { useTeam } from '../team-state.ts'
import { RunCard } from './run-card.tsx'
import { verbWords } from './run-words.ts'
import { addable, addServerFiles, beginServerRun, lookAtInputs, lookAtRuns, useServerRuns } from './server-runs.ts'

/** How often the server is asked while a run goes on, and while none does. Milliseconds. */
const often = 2_000
const seldom = 15_000

export function ServerRunsPage() {
  const id = useWorkspace((w) => w.project?.manifest.id ?? null)
  const onServer = useTeam((team) => team.project)
  const state = useServerRuns()
  const isHere = onServer !== null && onServer === id
  const isKnown = state.project === id
  const isGoing = isKnown && state.runs.some(({ ended }) => ended === null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another project
  useEffect(() => {
    if (!isHere) return
    const look = (): void => {
      if (document.visibilityState === 'visible') void lookAtRuns()
    }
    look()
    const timer = setInterval(look, isGoing ? often : seldom)
    return () => clearInterval(timer)
  }, [isHere, isGoing, id])
  if (!isHere)
    return (
      <>
        <PageHead title="Server runs" />
        <EmptyState title="This project is not on a server">
          <p>A server of the team runs checks over files that lie there. Move the project there on the page Team.</p>
        </EmptyState>
      </>
    )
  if (!isKnown) return <p className="muted">Asking the server…</p>
  const { engine, runs, problem } = state
  return (
    <>
      <PageHead title="Server runs" beside={engine !== null && <span className="muted">on {engine}</span>} />
      {problem !== null && <Note mark="error">{problem}</Note>}
      {engine === null ? (
        <EmptyState title="This server runs no checks">
          <p>
            Whoever runs the server starts <code>carryover team</code> with <code>--inputs</code>, <code>--engine</code> and{' '}
            <code>--work</code>. <a href="#/help/manual/how-to/server-runs">How to set it up</a>
          </p>
        </EmptyState>
      ) : (
        <div className="stack-wide">
          <StartRun isGoing={isGoing} />
          <section className="stack" aria-label="Runs">
            <h2>Runs</h2>
            {runs.length === 0 && <p className="muted">None yet.</p>}
            {runs.map((run) => (
              <RunCard key={run.id} run={run} />
            ))}
          </section>
        </div>
      )}
    </>
  )
}

function StartRun({ isGoing }: { readonly isGoing: boolean }) {
  const inputs = useServerRuns((state) => state.inputs)
  const sources = useWorkspace((w) => w.project?.sources)
  const waiting = useTeam((team) => team.waiting.length)
  const mayWrite = useTeam((team) => team.mayWrite)
  const [verb, setVerb] = useState<ServerVerb>('validate')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew once the server has other sources
  useEffect(() => {
    if (waiting === 0) void lookAtInputs()
  }, [sources, waiting])
  if (inputs === null) return <p className="muted">Looking for the files…</p>
  const missing = inputs.sources.filter(({ bytes }) => bytes === null)
  const chosen = inputs.verbs.includes(verb) ? verb : inputs.verbs[0]
  const start = async (): Promise<void> => {
    if (chosen === undefined) return
    setBusy(true)
    setProblem(await beginServerRun(chosen))
    setBusy(false)
  }
  return (
    <section className="stack" aria-label="Start a run">
      <h2>Start a run</h2>
      <p className="prose">
        Files are read where they lie, at <code className="breaks">{inputs.place}</code>. Values stay there: this page gets
        counts, places and the shapes of values.
      </p>
      {waiting > 0 && (
        <Note mark="warning">
          {counted(waiting, 'change')} {waiting === 1 ? 'is' : 'are'} not at the server yet. A run reads the project as the server
          has it.
        </Note>
      )}
      <Unnamed inputs={inputs} />
      {chosen === undefined ? (
        <p>The project has no sources. Put files there as legacy/NAME and target/NAME, or add sources on the page Sources.</p>
      ) : (
        <>
          <Choice
            label="What to run"
            value={chosen}
            choices={inputs.verbs.map((each) => [each, verbWords[each].name] as const)}
            onChange={setVerb}
          />
          <InputsTable inputs={inputs} />
          {missing.length > 0 && (
            <Note mark="error">
              {counted(missing.length, 'file is', 'files are')} not there: {namesOf(missing)}. Ask who runs the server to put{' '}
              {missing.length === 1 ? 'it' : 'them'} there.
            </Note>
          )}
          {problem !== null && <Note mark="error">{problem}</Note>}
          <div className="row">
            <Button look="primary" isDisabled={busy || isGoing || missing.length > 0 || !mayWrite} onPress={() => void start()}>
              {busy ? 'Starting…' : 'Start the run'}
            </Button>
            {isGoing && <span className="muted">A run of this project goes on.</span>}
            {!mayWrite && <span className="muted">Who may look only starts no run.</span>}
          </div>
        </>
      )}
    </section>
  )
}

/** Files too large for a browser become sources without being opened in one. */
function Unnamed({ inputs }: { readonly inputs: ServerInputs }) {
  const unnamed = addable(inputs)
  if (unnamed.length === 0) return null
  return (
    <Note mark="info">
      <p>
        {counted(unnamed.length, 'file lies', 'files lie')} there that the project does not name: {namesOf(unnamed)}.
      </p>
      <div className="above">
        <Button onPress={() => void addServerFiles(unnamed)}>Add {unnamed.length === 1 ? 'it' : 'them'} as sources</Button>
      </div>
    </Note>
  )
}

const mostNamed = 5

function namesOf(files: readonly { readonly side: string; readonly name: string }[]): string {
  const names = files.slice(0, mostNamed).map(({ side, name }) => `${side}/${name}`)
  const more = files.length - names.length
  return more > 0 ? `${names.join(', ')} and ${formatNumber(more)} more` : names.join(', ')
}

function InputsTable({ inputs }: { readonly inputs: ServerInputs }) {
  return (
    <ScrollRegion className={`box scroll ${styles.inputs}`} label="Files of the run">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Side</th>
            <th scope="col" className="number">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {inputs.sources.map(({ side, name, bytes }) => (
            <tr key={`${side}/${name}`}>
              <td className="breaks">{name}</td>
              <td>{side}</td>
              <td className="number">{bytes === null ? 'not there' : formatBytes(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
