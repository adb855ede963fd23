/** One case played through both maps on the same clock: step by step or by itself, as tokens on the maps and as a table. */
import { useEffect, useMemo, useState } from 'react'
import { sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import {
  changesOf,
  type Journey,
  momentsAt,
  type PlayThrough,
  type WantedCase,
} from '../../../../core/workflow/simulation/play-through.ts'
import { Button } from '../../../components/button.tsx'
import { formatDuration } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Select } from '../../../components/select.tsx'
import { useKeys } from '../../../window/keys.ts'
import { useFollowedCase } from '../acts/play-through.ts'
import { NumberField } from '../fields/fields.tsx'
import styles from './play.module.css'
import { PlayMap } from './play-map.tsx'
import { sideWords } from './simulate-view.ts'

const speeds = [0.5, 1, 2, 4] as const
/** How long one change is shown at speed 1. */
const shownMilliseconds = 1400

export function PlayCase({ workflow }: { readonly workflow: Workflow }) {
  const [kind, setKind] = useState<'usual' | 'slow' | 'number'>('usual')
  const [number, setNumber] = useState(1)
  const [asked, setAsked] = useState(false)
  const wanted: WantedCase = kind === 'number' ? number : kind
  const followed = useFollowedCase(workflow, asked ? wanted : null)
  return (
    <section className="card stack-wide shrinks" aria-labelledby="play-case">
      <h2 id="play-case">One case, step by step</h2>
      <div className="row-end">
        <Select
          label="Which case"
          value={kind}
          choices={[
            ['usual', 'a usual one (half are faster today)'],
            ['slow', 'a slow one (nine of ten are faster today)'],
            ['number', 'by its number'],
          ]}
          onChange={setKind}
        />
        {kind === 'number' && (
          <NumberField label="Number" value={number} onCommit={(value) => setNumber(Math.max(1, Math.round(value ?? 1)))} />
        )}
        {!asked && <Button onPress={() => setAsked(true)}>Follow it</Button>}
      </div>
      {asked && followed === null && <p className="muted">Following the case…</p>}
      {followed?.said && <Note mark="warning">{followed.said}</Note>}
      {followed?.value && <Player key={followed.value.number} workflow={workflow} played={followed.value} />}
    </section>
  )
}

function Player({ workflow, played }: { readonly workflow: Workflow; readonly played: PlayThrough }) {
  const changes = useMemo(() => changesOf(played), [played])
  const [at, setAt] = useState(0)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1)
  const last = changes.length - 1
  const now = changes[at] ?? 0
  const go = (to: number): void => setAt(Math.min(last, Math.max(0, to)))
  const play = (): void => {
    if (!playing && at === last) setAt(0)
    setPlaying(!playing)
  }
  const faster = (by: 1 | -1): void => setSpeed(speeds[Math.min(3, Math.max(0, speeds.indexOf(speed) + by))] ?? 1)
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => setAt((before) => Math.min(last, before + 1)), shownMilliseconds / speed)
    return () => clearInterval(timer)
  }, [playing, speed, last])
  useEffect(() => {
    if (at === last) setPlaying(false)
  }, [at, last])
  useKeys('page', {
    K: play,
    J: () => go(at - 1),
    L: () => go(at + 1),
    ',': () => faster(-1),
    '.': () => faster(1),
  })
  return (
    <>
      <div className="row-end">
        <Button onPress={() => go(at - 1)} isDisabled={at === 0} aria-label="One change back">
          Back <kbd>J</kbd>
        </Button>
        <Button look="primary" onPress={play}>
          {playing ? 'Pause' : 'Play'} <kbd>K</kbd>
        </Button>
        <Button onPress={() => go(at + 1)} isDisabled={at === last} aria-label="One change on">
          On <kbd>L</kbd>
        </Button>
        <Select
          label="Speed"
          value={String(speed)}
          choices={speeds.map((each) => [String(each), `${each} ×`] as const)}
          onChange={(value) => setSpeed(speeds.find((each) => String(each) === value) ?? 1)}
        />
        <input
          type="range"
          className={`grow ${styles.slider}`}
          min={0}
          max={last}
          value={at}
          aria-label="Change"
          aria-valuetext={`${formatDuration(now)} after coming`}
          onChange={(event) => go(Number(event.target.value))}
        />
        <b className={`digits ${styles.clock}`}>{formatDuration(now)}</b>
      </div>
      {sides.map((side) => (
        <Side key={side} workflow={workflow} side={side} journey={played.journeys[side]} now={now} />
      ))}
      <p className="muted caption">
        Case {played.number} of {played.cases} of the first replication with seed {played.seed}: the same on every machine, and
        the same patient in both maps. One press is one change, however long it took; <kbd>,</kbd> and <kbd>.</kbd> change the
        speed. A hollow token waits, a full one is worked on.
      </p>
      <div role="status" aria-live="polite" className="visually-hidden">
        {playing
          ? ''
          : sides.map((side) => `${sideWords[side]}: ${stateWords(workflow, side, played.journeys[side], now)}`).join('. ')}
      </div>
      <Twin workflow={workflow} played={played} now={now} />
    </>
  )
}

function Side(props: {
  readonly workflow: Workflow
  readonly side: WorkflowSide
  readonly journey: Journey | null
  readonly now: number
}) {
  const { workflow, side, journey, now } = props
  return (
    <div className="stack-tight shrinks">
      <p>
        <strong>{sideWords[side]}</strong> <span className="muted">{stateWords(workflow, side, journey, now)}</span>
      </p>
      <ScrollRegion
        label={`${sideWords[side]} map with the case on it; the table below says the same`}
        className={`scroll ${styles.map}`}
      >
        <PlayMap
          graph={workflow[side]}
          moments={journey ? momentsAt(journey, now) : []}
          ended={journey !== null && now >= journey.lead}
        />
      </ScrollRegion>
    </div>
  )
}

/** "waits at Sign slip, 3 h 12 min in all" */
function stateWords(workflow: Workflow, side: WorkflowSide, journey: Journey | null, now: number): string {
  if (journey === null) return 'the case does not end here: it leaves, or is sent in circles'
  if (now >= journey.lead) return `done after ${formatDuration(journey.lead)}`
  const parts = momentsAt(journey, now).map(({ node, state, from, to }) => {
    const label = workflow[side].nodes.get(node)?.label || node
    return `${state === 'waiting' ? 'waits for' : 'is at'} “${label}”, ${formatDuration(to - from)}`
  })
  return parts.length === 0 ? 'on its way' : parts.join('; ')
}

function Twin({ workflow, played, now }: { readonly workflow: Workflow; readonly played: PlayThrough; readonly now: number }) {
  return (
    <details>
      <summary>The same as a table</summary>
      <ScrollRegion label="Steps of the case" className={`scroll ${styles.table}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Map</th>
              <th scope="col">By</th>
              {['Comes after', 'Waits', 'Works', 'Leaves after'].map((name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sides.flatMap((side) =>
              (played.journeys[side]?.stops ?? []).map(({ node, arrived, began, ended, person }) => {
                const drawn = workflow[side].nodes.get(node)
                const lane = workflow[side].lanes.get(drawn?.lane ?? '')?.label ?? ''
                return (
                  <tr
                    key={`${side} ${node} ${began} ${person}`}
                    aria-current={now >= arrived && now < ended ? 'step' : undefined}
                  >
                    <th scope="row">{drawn?.label || node}</th>
                    <td>{sideWords[side]}</td>
                    <td>{person === 0 ? lane || '—' : `${lane} ${person}`}</td>
                    {[arrived, began - arrived, ended - began, ended].map((seconds, cell) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: four cells that never change places
                      <td key={cell} className="number">
                        {formatDuration(seconds)}
                      </td>
                    ))}
                  </tr>
                )
              }),
            )}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  )
}
