/** What would help most: every lever with the lead time it saves, ranked, paired with the map as it is. */
import type { LeverStudy, NoLead, RankedLever } from '../../../../core/workflow/simulation/levers.ts'
import { Button } from '../../../components/button.tsx'
import { formatChange, formatDuration, formatPercent } from '../../../components/format.ts'
import styles from './simulate.module.css'
import { OpensTo } from './simulate-opened.tsx'

const shownLevers = 12

export function Levers({
  study,
  stale,
  disabled,
  onRun,
}: {
  readonly study: LeverStudy | null
  readonly stale: boolean
  readonly disabled: boolean
  readonly onRun: () => void
}) {
  return (
    <section className={styles.card} aria-labelledby="levers">
      <h2 id="levers">What would help most</h2>
      <p className="muted">
        One more and one fewer of each role, each step done by a machine, each step left out: each is simulated beside the future
        map with the same luck.
      </p>
      <div>
        <Button isDisabled={disabled} onPress={onRun}>
          {study ? 'Rank levers again' : 'Rank levers'}
        </Button>
      </div>
      {study && <Ranking study={study} stale={stale} />}
    </section>
  )
}

function Ranking({ study, stale }: { readonly study: LeverStudy; readonly stale: boolean }) {
  const shown = study.levers.slice(0, shownLevers)
  const rest = study.levers.slice(shownLevers)
  const endless = rest.filter(({ without }) => without === 'endless').length
  return (
    <div className={stale ? styles.stale : undefined}>
      {stale && <p className="caption">From before the last edit.</p>}
      {study.without !== null && <p>{baseWords(study)}</p>}
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Lever</th>
              <th scope="col" className="number">
                Lead time
              </th>
              <th scope="col" className="number">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((lever) => (
              <LeverRow key={lever.label} lever={lever} base={study.without} seed={study.seed} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted caption">
        {study.without === null
          ? `Change of the mean lead time, paired over ${study.replications} replications with seed ${study.seed}; an interval that holds 0 shows no difference.`
          : `Mean lead time with the change, over ${study.replications} replications with seed ${study.seed}; 95 % intervals.`}{' '}
        {rest.length > 0 &&
          `${rest.length} levers with less effect are not listed${endless > 0 ? `; with ${endless} of them a queue would never end` : ''}.`}
      </p>
    </div>
  )
}

/** What to make of a map that has no lead time as it is. */
function baseWords({ without, levers }: LeverStudy): string {
  const cures = levers.filter(({ lead }) => lead !== null).length
  const as = without === 'endless' ? 'As drawn, a queue never ends' : 'As drawn, no case ends'
  if (cures === 0) return `${as}, and none of these changes alone cures that.`
  return `${as}: there is nothing to compare with. ${cures === 1 ? 'One change cures' : `${cures} changes cure`} that, the shortest lead time first.`
}

function LeverRow({
  lever: { label, asks, lead, without, difference, share },
  base,
  seed,
}: {
  readonly lever: RankedLever
  readonly base: NoLead | null
  readonly seed: number
}) {
  if (lead === null)
    return (
      <tr>
        <th scope="row">
          {label}
          <Asked asks={asks} />
        </th>
        <td colSpan={2}>{without === 'none ended' ? 'no case would end' : 'a queue would never end'}</td>
      </tr>
    )
  const shown = difference ?? lead
  const format = difference === null ? formatDuration : formatChange
  const [low, high] = shown.interval
  return (
    <tr>
      <th scope="row">
        {label}
        <Asked asks={asks} />
      </th>
      <td className="number">
        <OpensTo
          what={`${difference === null ? 'Lead time' : 'Change of lead time'}: ${label}`}
          shown={shown}
          format={format}
          seed={seed}
        />
        <small className={`nowrap ${styles.spread} muted`}>
          {format(low)} to {format(high)}
        </small>
      </td>
      {difference === null ? (
        <td>{base === 'none ended' ? 'lets cases end' : 'ends the endless queue'}</td>
      ) : (
        <td className="number">{share === null ? '—' : shareText(share)}</td>
      )}
    </tr>
  )
}

/** A shorter lead time is no reason to leave out who protects patients. */
function Asked({ asks }: { readonly asks: readonly string[] }) {
  return asks.map((question) => (
    <small key={question} className={`light ${styles.asked}`}>
      {question}
    </small>
  ))
}

function shareText(share: number): string {
  if (Math.abs(share) < 0.0001) return '0 %'
  return `${share < 0 ? '−' : '+'}${formatPercent(Math.abs(share))}`
}
