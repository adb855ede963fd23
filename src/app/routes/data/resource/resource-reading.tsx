/** The readable side: rows of label and value in clinical order, absent as "Not recorded", codes behind their words. */
import type { ReactNode } from 'react'
import { Button as Press, Tooltip, TooltipTrigger } from 'react-aria-components'
import type { JsonSteps } from '../../../../core/data/read/json/json-tree.ts'
import type { ResourceView, ShownCoding, ShownRow, ShownValue } from '../../../../core/data/resource-view/view.ts'
import { maskOf } from '../../../../core/mask.ts'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { Narrative } from '../../../components/narrative.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { VisibleWords } from '../../../components/visible-words.tsx'
import { useReveal } from '../../../session/reveal.ts'
import styles from './resource.module.css'

/** A document inside a resource has millions of characters that nobody reads here. */
const longestText = 4000

export interface ResourceReadingProps {
  readonly view: ResourceView
  /** Element of the finding, from the resource down. */
  readonly element: JsonSteps
  /** Names that may be shown while values are masked. */
  readonly names: ReadonlySet<string>
}

export function ResourceReading({ view, element, names }: ResourceReadingProps) {
  const revealed = useReveal()
  const shared = { element, names, revealed }
  return (
    <>
      {view.main.length > 0 && <Rows rows={view.main} {...shared} />}
      {view.rest.length > 0 && (
        <>
          {view.main.length > 0 && <h3>Also in the resource</h3>}
          <Rows rows={view.rest} {...shared} />
        </>
      )}
      {view.narrative !== null && (
        <>
          <h3>Narrative</h3>
          <Narrative text={view.narrative} masked={!revealed} />
        </>
      )}
    </>
  )
}

interface Shared {
  readonly element: JsonSteps
  readonly names: ReadonlySet<string>
  readonly revealed: boolean
}

function Rows({ rows, ...shared }: { readonly rows: readonly ShownRow[] } & Shared) {
  const { element, names, revealed } = shared
  return (
    <dl className={styles.rows}>
      {rows.map((row) => {
        const isMeant = element.length > 0 && row.path.every((step, index) => sameStep(element[index], step))
        const label = revealed || names.has(row.name) ? row.label : maskOf(row.label)
        return (
          <div key={row.path.join('.')} className={isMeant ? styles.meant : undefined}>
            <dt>
              {isMeant && <SeverityMark mark="warning" label="The finding is here:" />} <VisibleWords text={label} />
            </dt>
            <dd>
              {row.values.length === 0 ? (
                <Absent reason={row.absent} revealed={revealed} />
              ) : (
                row.values.map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: values of one element in their order
                  <div key={index}>
                    <Value value={value} {...shared} />
                  </div>
                ))
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Absent({ reason, revealed }: { readonly reason: string | null; readonly revealed: boolean }) {
  return (
    <span className={`muted ${styles.absent}`}>
      Not recorded
      {reason !== null && <> ({revealed ? <VisibleWords text={reason} /> : maskOf(reason)})</>}
    </span>
  )
}

function Value({ value, ...shared }: { readonly value: ShownValue } & Shared) {
  const words = (text: string) => (
    <bdi>
      <VisibleWords text={shared.revealed ? text.slice(0, longestText) : maskOf(text.slice(0, longestText))} />
      {text.length > longestText && ` … (${formatNumber(text.length)} characters)`}
    </bdi>
  )
  switch (value.kind) {
    case 'date':
      return words(formatMoment(value.text))
    case 'period':
      return (
        <>
          {value.start === null ? 'start not recorded' : words(formatMoment(value.start))} –{' '}
          {value.end === null ? 'end not recorded' : words(formatMoment(value.end))}
        </>
      )
    case 'narrative':
      return <Narrative text={value.text} masked={!shared.revealed} />
    case 'parts':
      return <Rows rows={value.rows} {...shared} />
    case 'text':
      return value.codings.length === 0 ? words(value.text) : <Coded value={value} words={words} />
  }
}

/** The words of a code; its codes, systems and displays appear on focus and under the pointer. */
function Coded({
  value,
  words,
}: {
  readonly value: Extract<ShownValue, { kind: 'text' }>
  readonly words: (text: string) => ReactNode
}) {
  return (
    <TooltipTrigger delay={200}>
      <Press className={`dotted-link breaks ${styles.coded}`}>{words(value.text)}</Press>
      <Tooltip placement="bottom start" className={`float stack breaks ${styles.tooltip}`}>
        {value.codings.map((coding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: codings of one concept in their order
          <div key={index}>
            <code>{words(coding.code ?? 'no code')}</code> {coding.display !== null && words(coding.display)}
            <div className="muted">{words(systemWords(coding))}</div>
          </div>
        ))}
      </Tooltip>
    </TooltipTrigger>
  )
}

function systemWords({ system }: ShownCoding): string {
  return system ?? 'no code system'
}

/** A primitive and its twin `_x` are one element. */
function sameStep(a: string | number | undefined, b: string | number): boolean {
  return a === b || a === `_${b}` || `_${a}` === b
}
