/** Who the chart is about and how far the reader is; where the patient is missing, somebody else or there twice, this is said in its place. */
import { memo } from 'react'
import { clinicalDate } from '../../../../core/review/display-rules/clinical-date.ts'
import type { ChartAlarm, ChartPerson } from '../../../../core/review/model/chart.ts'
import type { RecordPair } from '../../../../core/review/model/pair-types.ts'
import { dayText } from '../../../../core/values/day.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { wallNow } from '../../../session/ledger.ts'
import { useReaderMark } from '../../../session/unlocked-bundle.ts'
import { navigate } from '../../../window/hash-location.ts'
import type { NumberSide } from '../acts/copy-number.ts'
import { askSummary } from '../acts/patient-summaries.ts'
import bars from './bars.module.css'
import { ClinicalText } from './clinical-text.tsx'
import type { SideNames } from './entry-cell.tsx'

export interface Progress {
  readonly at: number
  readonly of: number
  readonly read: number
  /** "drawn at random", "chosen on purpose". */
  readonly how: string
  /** "about 2 h 25 min left"; null where nothing is left. */
  readonly left: string | null
}

export interface BannerProps {
  readonly pair: RecordPair
  readonly names: SideNames
  readonly progress: Progress
  readonly state: string | null
  readonly onCopy: (side: NumberSide) => void
  /** What the last copying did, in words. */
  readonly copied: string | null
}

export const ChartBanner = memo(function ChartBanner({ pair, names, progress, state, onCopy, copied }: BannerProps) {
  const { alarms } = pair.chart
  const stranger = alarms.find(({ kind }) => kind === 'wrong-patient')
  return (
    <section className={`apart spread ${bars.banner}`} aria-label="Patient">
      {stranger ? <TwoPeople alarm={stranger} pair={pair} names={names} /> : <Person pair={pair} names={names} onCopy={onCopy} />}
      <div className={`digits ${bars.progress}`}>
        <p>
          <strong>
            Record {progress.at} of {progress.of}
          </strong>{' '}
          <span className="muted">· {progress.how}</span>
        </p>
        <progress max={progress.of} value={progress.read} aria-label="Records read" />
        <p className="caption muted">
          {progress.read} read{progress.left !== null && ` · ${progress.left}`}
          {state !== null && ` · ${state}`}
        </p>
      </div>
      <AlarmLines alarms={alarms} />
      <p role="status" className={bars.copied}>
        {copied}
      </p>
    </section>
  )
})

/** What is said of the whole record; two people take the place of the banner instead. */
export function AlarmLines({ alarms }: { readonly alarms: readonly ChartAlarm[] }) {
  return alarms
    .filter(({ kind }) => kind !== 'wrong-patient')
    .map(({ kind, words }) => (
      <p key={kind} className={bars.alarm}>
        <SeverityMark mark="critical" label="Said first" /> <strong>{alarmWords[kind]}</strong> {words}
      </p>
    ))
}

const alarmWords: Readonly<Record<ChartAlarm['kind'], string>> = {
  'missing-legacy': 'Not in legacy.',
  'missing-target': 'Not in the new system.',
  'missing-both': 'On neither side.',
  'wrong-patient': 'Two different people.',
  duplicate: 'There more than once.',
}

function Person({ pair, names, onCopy }: Pick<BannerProps, 'pair' | 'names' | 'onCopy'>) {
  const { name, birth, sex } = pair.heading
  const { legacy, target } = pair.chart.heading
  // A reader's bundle holds no files to make a sheet from.
  const bundled = useReaderMark() !== null
  return (
    <div className={`shrinks ${bars.person}`}>
      <p className={`strong ${bars.name}`}>
        <ClinicalText value={name ?? legacy?.name ?? target?.name ?? null} />
      </p>
      <p className={`muted spread ${bars.facts}`}>
        <span>
          Born <strong>{birth === null ? 'Not recorded' : `${dayText(birth)}${ageWords(birth)}`}</strong>
        </span>
        <span>
          Sex{' '}
          <strong>
            <ClinicalText value={sex === null ? null : sex.charAt(0).toUpperCase() + sex.slice(1)} />
          </strong>
        </span>
        <PersonNumber words={`${names.legacy} no.`} number={legacy?.number ?? null} onCopy={() => onCopy('legacy')} />
        <PersonNumber words={`${names.target} id`} number={target?.number ?? null} onCopy={() => onCopy('target')} />
        {!bundled && (
          <button type="button" className={`dotted-link ${bars.number}`} onClick={() => openSummary(pair.key)}>
            Downtime sheet
          </button>
        )}
      </p>
    </div>
  )
}

/** The number goes by memory: addresses stay in the history of the browser. */
function openSummary(key: string): void {
  askSummary(key)
  navigate('/readiness/views/summaries')
}

function PersonNumber({
  words,
  number,
  onCopy,
}: {
  readonly words: string
  readonly number: string | null
  readonly onCopy: () => void
}) {
  return (
    <span>
      {words}{' '}
      {number === null ? (
        <strong>Not recorded</strong>
      ) : (
        <button type="button" className={`dotted-link ${bars.number}`} onClick={onCopy} aria-label={`Copy ${words} ${number}`}>
          {number}
        </button>
      )}
    </span>
  )
}

function TwoPeople({ alarm, pair, names }: { readonly alarm: ChartAlarm } & Pick<BannerProps, 'pair' | 'names'>) {
  const { legacy, target } = pair.chart.heading
  return (
    <div className={bars.strangers} role="alert">
      <p>
        <SeverityMark mark="critical" /> <strong>Two different people</strong> {alarm.words}
      </p>
      <p>
        <OtherPerson system={names.legacy} person={legacy} /> <OtherPerson system={names.target} person={target} />
      </p>
    </div>
  )
}

function OtherPerson({ system, person }: { readonly system: string; readonly person: ChartPerson | null }) {
  const { name = null, birth = null, sex = null, number = null } = person ?? {}
  return (
    <span>
      <span className="muted">{system}</span>{' '}
      <strong>
        <ClinicalText value={name} />
      </strong>
      {birth !== null && ` born ${clinicalDate(birth)}`}
      {sex !== null && `, ${sex}`}
      {number !== null && `, number ${number}`}
    </span>
  )
}

/** " (68 y)" in whole years today; nothing where the date is not complete. */
function ageWords(birth: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(birth)
  if (!match) return ''
  const today = wallNow().slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(match[1]) - (today.slice(5) < birth.slice(5, 10) ? 1 : 0)
  return years >= 0 ? ` (${years} y)` : ''
}
