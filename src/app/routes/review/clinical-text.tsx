/** Values as text that hides nothing: dates with letters, invisible characters named, what differs marked, absence said. */
import type { PairField } from '../../../core/review/pair-types.ts'
import { formatDate } from '../../format.ts'
import styles from './text.module.css'

export function ClinicalText({ value, against = null }: { readonly value: string | null; readonly against?: string | null }) {
  if (value === null || value.trim() === '') return <span className={styles.absent}>Not recorded</span>
  const shown = clinicalDate(value)
  if (against === null || against.trim() === '') return <bdi className={styles.value}>{visible(shown)}</bdi>
  const [before, middle, after] = changedPart(shown, clinicalDate(against))
  return (
    <bdi className={styles.value}>
      {visible(before)}
      {middle !== '' && <mark className={styles.changed}>{visible(middle)}</mark>}
      {visible(after)}
    </bdi>
  )
}

/** A legacy value as its rule reads it, with the text as it was written where that says something else. */
export function LegacyText({ field, against = null }: { readonly field: PairField; readonly against?: string | null }) {
  const { legacy, carried } = field
  if (carried === null || legacy === null || carried === legacy) return <ClinicalText value={legacy} against={against} />
  return (
    <>
      <ClinicalText value={carried} against={against} />{' '}
      <span className={styles.written}>
        (written <bdi>{visible(legacy)}</bdi>)
      </span>
    </>
  )
}

/** ISO dates become `dd-MMM-yyyy`, with the time where there is one; other text stays as it is. */
export function clinicalDate(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!match) return text
  const [, day = '', time, zone] = match
  return [formatDate(day), time, zone === 'Z' ? 'UTC' : zone].filter(Boolean).join(' ')
}

const names: ReadonlyMap<string, string> = new Map([
  ['\u00a0', 'no-break space'],
  ['\u00ad', 'soft hyphen'],
  ['\u200b', 'zero-width space'],
  ['\u200c', 'zero-width non-joiner'],
  ['\u200d', 'zero-width joiner'],
  ['\u200e', 'left-to-right mark'],
  ['\u200f', 'right-to-left mark'],
  ['\u202a', 'left-to-right embedding'],
  ['\u202b', 'right-to-left embedding'],
  ['\u202c', 'end of direction'],
  ['\u202d', 'left-to-right override'],
  ['\u202e', 'right-to-left override'],
  ['\u2060', 'word joiner'],
  ['\u2066', 'left-to-right isolate'],
  ['\u2067', 'right-to-left isolate'],
  ['\u2068', 'first strong isolate'],
  ['\u2069', 'end of isolate'],
  ['\ufeff', 'byte order mark'],
  ['\ufffd', 'unreadable character'],
])

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be made visible
const hidden = /([\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd])/

interface TextPart {
  readonly text: string
  readonly hidden: boolean
}

/** Splits a text at characters that a screen would not show. */
export function visibleParts(text: string): readonly TextPart[] {
  return text.split(hidden).flatMap((part): TextPart[] => {
    if (part === '') return []
    if (!hidden.test(part)) return [{ text: part, hidden: false }]
    const code = `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    const name = names.get(part)
    return [{ text: name === undefined ? code : `${code} ${name}`, hidden: true }]
  })
}

function visible(text: string) {
  let at = 0
  return visibleParts(text).map((part) => {
    const key = at++
    return part.hidden ? (
      <code key={key} className={styles.hidden}>
        {part.text}
      </code>
    ) : (
      <span key={key}>{part.text}</span>
    )
  })
}

/** A text in three parts, the middle one being what the other text does not have; cut at word ends. */
export function changedPart(text: string, other: string): readonly [before: string, changed: string, after: string] {
  const own = text.split(/(?<=\s)/)
  const theirs = other.split(/(?<=\s)/)
  const bare = (word: string | undefined): string | undefined => word?.trim()
  let start = 0
  while (start < own.length && start < theirs.length && bare(own[start]) === bare(theirs[start])) start++
  let end = 0
  while (
    end < own.length - start &&
    end < theirs.length - start &&
    bare(own[own.length - 1 - end]) === bare(theirs[theirs.length - 1 - end])
  )
    end++
  return [own.slice(0, start).join(''), own.slice(start, own.length - end).join(''), own.slice(own.length - end).join('')]
}
