/** One side of a row: the entry in the words of its system, or the plain statement that it has none. */

import type { SaidElsewhere } from '../../../../core/review/chart/said-elsewhere.ts'
import { type ChartEntry, type ChartText, staysBehind } from '../../../../core/review/model/chart.ts'
import type { OutsideText, RowView } from './chart-rows.ts'
import { shownWords } from './chart-view.ts'
import styles from './entries.module.css'
import { EntryText } from './entry-text.tsx'
import { columnWords } from './record-words.ts'

/** Names of both systems, and how their days are written. */
export interface SideNames {
  readonly legacy: string
  readonly target: string
}

interface EntryCellProps {
  readonly system: string
  readonly entry: ChartEntry | null
  /** Null where a rule of the mapping carries it. */
  readonly unmapped?: RowView['unmapped']
}

export function EntryCell({ system, entry, unmapped: outside = null }: EntryCellProps) {
  if (!entry) return <Absent system={system} unmapped={outside} />
  const { title, details, unmapped } = entry
  const carried = details.filter(({ reading }) => reading !== staysBehind)
  const aside = [...details.filter(({ reading }) => reading === staysBehind), ...unmapped]
  return (
    <div className={`breaks shrinks ${styles.cell}`}>
      <p className={`visually-hidden ${styles.system}`}>{system}</p>
      <p className={`strong large ${styles.title}`}>
        <EntryText text={title} />
      </p>
      <Details texts={carried} />
      <Details texts={aside} quiet />
    </div>
  )
}

function Absent({ system, unmapped }: { readonly system: string; readonly unmapped: RowView['unmapped'] }) {
  return (
    <div className={`breaks shrinks ${styles.cell} ${styles.absent}`}>
      <p className={`visually-hidden ${styles.system}`}>{system}</p>
      <p className={`strong large ${styles.title}`}>{unmapped ? 'Not mapped' : 'No such entry'}</p>
      <p className={styles.details}>
        {unmapped ? unmappedWords(system, unmapped.shown) : `Nothing written in ${system} for this`}
      </p>
    </div>
  )
}

/** A load may write what its mapping does not say: only what stands on the chart is told, and nothing of it denied. */
function unmappedWords(system: string, shown: readonly SaidElsewhere[]): string {
  if (shown.length === 0) return `No rule carries this, and no entry of ${system} here has its words. Judge whether it is needed.`
  return `No rule carries this. ${system} shows ${shown.map(shownWords).join('; ')}. Judge whether that is the same.`
}

function Details({ texts, quiet = false }: { readonly texts: readonly ChartText[]; readonly quiet?: boolean }) {
  if (texts.length === 0) return null
  return (
    <p className={quiet ? `caption muted ${styles.quiet}` : styles.details}>
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two texts of an entry may be alike, and their order never changes
        <span key={index}>
          {index > 0 && <span aria-hidden="true"> · </span>}
          {text.label !== null && <span className="caption muted light">{columnWords(text.label)} </span>}
          <EntryText text={text} />
        </span>
      ))}
    </p>
  )
}

/** Columns of legacy that no line of the mapping reads. */
export function OutsideCell({ system, texts }: { readonly system: string; readonly texts: readonly OutsideText[] }) {
  return (
    <div className={`breaks shrinks ${styles.cell}`}>
      <p className={`visually-hidden ${styles.system}`}>{system}</p>
      <ul>
        {texts.map(({ of, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may say the same in the same column
          <li key={index}>
            <strong>{text.label}</strong>
            {of !== null && <span className="caption muted light"> of {of}</span>}: <EntryText text={{ ...text, label: null }} />
          </li>
        ))}
      </ul>
      <p className={`strong dashed ${styles.chip}`}>Outside the mapping</p>
    </div>
  )
}
