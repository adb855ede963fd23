/** One section of the chart: what became of it, the way to confirm it, and its rows. */

import { memo } from 'react'
import { durationText } from '../../../../core/duration-text.ts'
import { leastSeconds } from '../../../../core/review/result/attention.ts'
import { Button } from '../../../components/button.tsx'
import { Cap } from './cap.tsx'
import { ChartBlock, type ChartBlockProps } from './chart-block.tsx'
import type { BlockView, SectionView } from './chart-rows.ts'
import { emptyWords, programWords } from './chart-view.ts'
import styles from './entries.module.css'
import { StateMark } from './section-tabs.tsx'
import type { BlockActs } from './verdict-cell.tsx'

interface ChartSectionProps extends Pick<ChartBlockProps, 'names' | 'on' | 'sources' | 'onFocus' | 'watch'> {
  readonly section: SectionView
  /** How many of its rows were on screen. */
  readonly seen: number
  readonly current: string | null
  readonly actsOf: (block: BlockView) => BlockActs
  /** False where the reader has not said who they are, or nothing is to be confirmed. */
  readonly mayConfirm: boolean
  readonly onConfirm: (section: SectionView) => void
  readonly onReopen: (section: SectionView) => void
  readonly onSources: (section: SectionView) => void
}

/** Nobody confirms the same meaning over what they have just judged harmful or wrong. */
function hasFault({ blocks }: SectionView): boolean {
  return blocks.some(({ said }) => said?.verdict === 'harmful' || said?.verdict === 'wrong')
}

export function ChartSectionPart(props: ChartSectionProps) {
  const { section, seen, current, actsOf, mayConfirm, onConfirm, onReopen, onSources, sources, ...rest } = props
  return (
    <section
      className={styles.section}
      id={`chart-${section.id}`}
      aria-label={section.label}
      tabIndex={-1}
      data-state={section.state}
    >
      <div className={styles.sectionHead}>
        <h2>{section.label}</h2>
        <StateLine section={section} seen={seen} onReopen={onReopen} />
        {section.rows.length > 0 && (
          <Button
            look="quiet"
            className={styles.sourceButton ?? ''}
            aria-pressed={sources}
            aria-label={`Source of ${section.label}`}
            onPress={() => onSources(section)}
          >
            Source <Cap>O</Cap>
          </Button>
        )}
        {section.state === 'reading' && mayConfirm && (
          <Button
            look="primary"
            className={styles.confirm ?? ''}
            isDisabled={seen < section.rows.length || section.waiting.length > 0}
            onPress={() => onConfirm(section)}
          >
            {hasFault(section) ? 'The rest is right' : 'Same meaning'}: confirm {section.label} <Cap>Space</Cap>
          </Button>
        )}
      </div>
      {section.rows.length > 0 && (
        <div className={`box ${styles.blocks}`}>
          {section.blocks.map((block) => (
            <ChartBlock
              key={block.rows[0]?.item}
              block={block}
              current={block.rows.some(({ item }) => item === current)}
              acts={actsOf(block)}
              sources={sources}
              {...rest}
            />
          ))}
        </div>
      )}
    </section>
  )
}

const StateLine = memo(function StateLine({ section, seen, onReopen }: Pick<ChartSectionProps, 'section' | 'seen' | 'onReopen'>) {
  const { state, worst, done, rows, waiting, shown } = section
  const entries = `${rows.length} ${rows.length === 1 ? 'entry' : 'entries'}`
  return (
    <p className={`line caption muted shrinks ${styles.stateLine}`} data-state={state}>
      <StateMark state={state} worst={worst} />
      <span>{lineWords()}</span>
      {done && (
        <button type="button" onClick={() => onReopen(section)} aria-label={`${undoWords()} ${section.label}`}>
          {undoWords()}
        </button>
      )}
    </p>
  )

  function undoWords(): string {
    return state === 'too-quick' ? 'Read again' : 'Undo'
  }

  /** Said before it is confirmed: afterwards it would come as a surprise. */
  function paceWords(): string {
    const least = leastSeconds(shown)
    return least > 1 ? ` · ${shown.words} words: ${durationText(least)} or more` : ''
  }

  function lineWords(): string {
    if (state === 'empty') return rows.length === 0 ? emptyWords(section.known) : 'On one side only: one verdict for all'
    if (done === null) {
      if (waiting.length > 0)
        return `${state === 'reading' ? 'Reading' : 'Not read'} · ${waiting.length} of ${entries} must be judged first`
      return state === 'reading' ? `Reading · ${seen} of ${entries} seen${paceWords()}` : `Not read · ${entries}`
    }
    const time = done.wall.slice(11, 16)
    if (state === 'too-quick')
      return `Confirmed in ${durationText(Math.max(1, done.seconds))}: too quick to count. ${shown.words} words take ${leastSeconds(shown)} s or more; the certificate says so`
    return `${worst === null ? 'Confirmed' : 'Judged'} ${time} · ${entries} · ${durationText(Math.max(1, done.seconds))} · Program, shown now: ${programWords(rows)}`
  }
})
