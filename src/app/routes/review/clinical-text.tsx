/** Values as text that hides nothing: dates with letters, invisible characters named, what differs marked, absence said. */
import type { PairField } from '../../../core/review/pair-types.ts'
import { Narrative } from '../../components/narrative.tsx'
import { VisibleWords } from '../../components/visible-words.tsx'
import { formatDate } from '../../format.ts'
import styles from './text.module.css'

export function ClinicalText({ value, against = null }: { readonly value: string | null; readonly against?: string | null }) {
  if (value === null || value.trim() === '') return <span className={styles.absent}>Not recorded</span>
  if (isNarrative(value)) return <Narrative text={value} />
  const shown = clinicalDate(value)
  if (against === null || against.trim() === '')
    return (
      <bdi className={styles.value}>
        <VisibleWords text={shown} />
      </bdi>
    )
  const [before, middle, after] = changedPart(shown, clinicalDate(against))
  return (
    <bdi className={styles.value}>
      <VisibleWords text={before} />
      {middle !== '' && (
        <mark className={styles.changed}>
          <VisibleWords text={middle} />
        </mark>
      )}
      <VisibleWords text={after} />
    </bdi>
  )
}

/** A legacy value as its rule reads it, with the text as it was written where that says something else. */
export function LegacyText({ field, against = null }: { readonly field: PairField; readonly against?: string | null }) {
  const { legacy, carried } = field
  if (carried === null || legacy === null || saysTheSame(carried, legacy))
    return <ClinicalText value={carried ?? legacy} against={against} />
  return (
    <>
      <ClinicalText value={carried} against={against} />{' '}
      <span className={styles.written}>
        (written{' '}
        <bdi>
          <VisibleWords text={legacy} />
        </bdi>
        )
      </span>
    </>
  )
}

/** True where the raw text adds nothing for a reader: words that stand in the other, in any case of letters. */
function saysTheSame(carried: string, legacy: string): boolean {
  if (carried.trim().toLowerCase() === legacy.trim().toLowerCase()) return true
  return legacy.length > 2 && !/\d/.test(legacy) && carried.toLowerCase().includes(legacy.toLowerCase())
}

/** ISO dates become `dd-MMM-yyyy`, with the time where there is one; other text stays as it is. */
export function clinicalDate(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!match) return text
  const [, day = '', time, zone] = match
  return [formatDate(day), time, zone === 'Z' ? 'UTC' : zone].filter(Boolean).join(' ')
}

/** A narrative is markup, so it goes through the sanitiser and never among the words. */
function isNarrative(text: string): boolean {
  return /^\s*<div[\s>]/i.test(text)
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
  const middle = own.slice(start, own.length - end).join('')
  const changed = middle.trimEnd()
  // The space behind the last changed word is not marked.
  return [own.slice(0, start).join(''), changed, middle.slice(changed.length) + own.slice(own.length - end).join('')]
}
