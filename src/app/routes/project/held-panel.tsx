/** Work of other copies that was held back, by device: what it is, who did it, and its acceptance by somebody entitled to it. */
import { useMemo, useState } from 'react'
import { type HeldWork, heldWork } from '../../../core/project/copies/accept-held-work.ts'
import { acceptanceOf, heldAccepted } from '../../../core/project/duties/held-work.ts'
import type { Project } from '../../../core/project/format/project.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { formatMoment, formatNumber } from '../../components/format.ts'
import { Note } from '../../components/panel.tsx'
import { acceptHeldWork } from '../../people/roles.ts'
import styles from './fork-panel.module.css'

export function HeldPanel({ project }: { readonly project: Project }) {
  const held = useMemo(() => heldWork(project), [project])
  const accepted = useMemo(
    () =>
      new Map(
        project.ledger.flatMap((entry) => {
          const acceptance = entry.action === heldAccepted ? acceptanceOf(entry) : null
          return acceptance ? [[acceptance.last, entry.actor] as const] : []
        }),
      ),
    [project.ledger],
  )
  return held.map((work) => (
    <HeldDevice key={work.device} work={work} acceptedBy={accepted.get(work.acceptable.at(-1)?.hash ?? '') ?? null} />
  ))
}

function HeldDevice({
  work: { device, actors, entries, acceptable },
  acceptedBy,
}: {
  readonly work: HeldWork
  readonly acceptedBy: string | null
}) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [first, last] = [entries[0], entries.at(-1)]
  const count = (action: string): number => entries.filter((entry) => entry.action === action).length
  return (
    <section className={`stack-wide ${styles.fork}`} aria-label={`Held back from ${device}`}>
      <h3>Held back: {actors.join(', ')}</h3>
      <p>
        {formatNumber(entries.length)} {entries.length === 1 ? 'entry' : 'entries'} of the device <code>{device}</code>, with{' '}
        {formatNumber(count('verdict'))} verdicts and {formatNumber(count('signed'))} signatures,{' '}
        {first && last && `${formatMoment(first.time.wall)} to ${formatMoment(last.time.wall)}`}. Nobody there had a role for
        them, so they have no effect.
      </p>
      {acceptedBy !== null ? (
        <Note mark="waiting">
          Accepted by {acceptedBy}. Open the copy they came from again and merge it: its verdicts and documents then come in.
        </Note>
      ) : acceptable.length === 0 ? (
        <p className="muted">
          A grant, a signature, a waiver or an acceptance stands first. Nobody accepts these for another: whoever gave it gives it
          again here, with the role for it.
        </p>
      ) : (
        <>
          <p className="muted">
            An owner or administrator who did none of it can accept it, for instance where it was done before roles were granted.
            What is added there later is judged anew. {stays(entries.length - acceptable.length)}
          </p>
          <Field label="Why is this work accepted?" value={reason} onChange={setReason} />
          {problem !== null && <Note mark="error">{problem}</Note>}
          <Button onPress={() => void acceptHeldWork(device, reason).then(setProblem)}>Accept this work…</Button>
        </>
      )}
    </section>
  )
}

/** What an acceptance would leave behind, from the first signature on. */
function stays(count: number): string {
  if (count === 0) return ''
  return `The last ${count === 1 ? 'entry stays' : `${formatNumber(count)} entries stay`} held back: signatures, waivers and grants are nobody’s to accept for another.`
}
