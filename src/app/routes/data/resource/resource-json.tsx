/** The JSON side: the resource as it was written, indented, with the lines of the finding's element marked and in sight. */
import { useEffect, useMemo, useRef } from 'react'
import type { JsonNode, JsonSteps } from '../../../../core/data/read/json/json-tree.ts'
import { isInside, type JsonLine, jsonLines } from '../../../../core/data/resource-view/json-lines.ts'
import { maskOf } from '../../../../core/mask.ts'
import { visibleText } from '../../../../core/visible-text.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { useReveal } from '../../../session/reveal.ts'
import styles from './resource.module.css'

/** A resource has hundreds of lines; one with a long list is shown around its mark. */
const mostLines = 3000
const linesBefore = 500
const longestToken = 20_000

export interface ResourceJsonProps {
  readonly node: JsonNode
  readonly element: JsonSteps
  readonly names: ReadonlySet<string>
}

export function ResourceJson({ node, element, names }: ResourceJsonProps) {
  const revealed = useReveal()
  const region = useRef<HTMLElement>(null)
  const lines = useMemo(() => [...jsonLines(node)], [node])
  const isMarked = (line: JsonLine): boolean => element.length > 0 && isInside(line, element)
  const first = Math.max(0, lines.findIndex(isMarked))
  const from = lines.length <= mostLines ? 0 : Math.max(0, first - linesBefore)
  const window = lines.slice(from, from + mostLines)
  const after = lines.length - from - window.length
  useEffect(() => {
    const { current } = region
    const mark = current?.querySelector<HTMLElement>('mark')
    // The page itself stays where it is.
    if (current && mark) current.scrollTop = mark.offsetTop - current.clientHeight / 3
  }, [])
  const name = (text: string): string => JSON.stringify(revealed || names.has(text) ? visibleText(text) : maskOf(text))
  const token = ({ name: member, token: text, isValue }: JsonLine): string => {
    // A type that FHIR has says nothing about a person.
    if (member === 'resourceType' && names.has(text.slice(1, -1))) return text
    const cut = text.length > longestToken ? `${text.slice(0, longestToken)} … (${formatNumber(text.length)} characters)` : text
    return !isValue ? cut : revealed ? visibleText(cut) : maskOf(cut)
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label="JSON" className={`scroll sunken outlined ${styles.json}`} ref={region} tabIndex={0}>
      {from > 0 && <p className="muted">{formatCount(from, 'line before these is', 'lines before these are')} not shown.</p>}
      <pre>
        {window.map((line, index) => {
          const text = `${'  '.repeat(Math.min(line.depth, 40))}${line.name === null ? '' : `${name(line.name)}: `}${token(line)}${line.comma ? ',' : ''}\n`
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text in their order
          return isMarked(line) ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>
        })}
      </pre>
      {after > 0 && <p className="muted">{formatCount(after, 'line behind these is', 'lines behind these are')} not shown.</p>}
    </section>
  )
}
