/** A text as its system wrote it: unsafe writing boxed with its reason, what the mapping reads in it underlined with dashes. */
import { Fragment } from 'react'
import { clinicalDate } from '../../../../core/review/display-rules/clinical-date.ts'
import type { ChartText } from '../../../../core/review/model/chart.ts'
import type { DisplayMark, MarkKind } from '../../../../core/review/model/display-mark.ts'
import { Narrative } from '../../../components/narrative.tsx'
import { VisibleWords } from '../../../components/visible-words.tsx'
import { isNarrative } from './clinical-text.tsx'
import styles from './entries.module.css'

export function EntryText({ text: { text, reading, marks } }: { readonly text: ChartText }) {
  if (isNarrative(text)) return <Narrative text={text} />
  return (
    <>
      <bdi className={reading === null ? undefined : styles.written}>
        {marks.length === 0 ? <Words text={text} /> : <Marked text={text} marks={marks} />}
      </bdi>
      {reading !== null && (
        <>
          {' '}
          <span className={`muted light ${styles.reading}`}>
            <span className="visually-hidden">the mapping reads </span>
            <Words text={reading} />
          </span>
        </>
      )}
    </>
  )
}

/** A day stays on one line: half of it reads as another. */
function Words({ text }: { readonly text: string }) {
  const shown = clinicalDate(text)
  return shown === text ? (
    <VisibleWords text={text} />
  ) : (
    <span className="nowrap">
      <VisibleWords text={shown} />
    </span>
  )
}

function Marked({ text, marks }: { readonly text: string; readonly marks: readonly DisplayMark[] }) {
  let at = 0
  return (
    <>
      {marks.map((mark) => {
        const before = text.slice(at, mark.from)
        at = mark.to
        return (
          <Fragment key={mark.from}>
            <VisibleWords text={before} />
            <mark className={unboxed.has(mark.kind) ? styles.remark : `strong ${styles.unsafe}`} title={mark.reason}>
              <VisibleWords text={text.slice(mark.from, mark.to)} />
              <small> {markWords(mark)}</small>
            </mark>
          </Fragment>
        )
      })}
      <VisibleWords text={text.slice(at)} />
    </>
  )
}

/** Said beside the text, without a box: nothing of it is written wrongly. */
const unboxed: ReadonlySet<MarkKind> = new Set(['no-unit', 'bare-zero', 'tall-man'])

function markWords({ kind, reads, reason }: DisplayMark): string {
  switch (kind) {
    case 'abbreviation':
      return reads === null ? `unsafe: ${reason}` : `unsafe: means ${reads}`
    case 'trailing-zero':
      return 'trailing zero'
    case 'naked-decimal':
      return 'no zero before the point'
    case 'long-number':
      return 'no comma'
    case 'no-unit':
      return 'no unit written'
    case 'bare-zero':
      return reason
    case 'tall-man':
      return reads ?? reason
  }
}
