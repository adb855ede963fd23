/** Values as text that hides nothing: dates with letters, invisible characters named, absence said. */
import { clinicalDate } from '../../../../core/review/display-rules/clinical-date.ts'
import { Narrative } from '../../../components/narrative.tsx'
import { VisibleWords } from '../../../components/visible-words.tsx'
import styles from './text.module.css'

export function ClinicalText({ value }: { readonly value: string | null }) {
  if (value === null || value.trim() === '') return <span className={`muted ${styles.absent}`}>Not recorded</span>
  if (isNarrative(value)) return <Narrative text={value} />
  return (
    <bdi className={`breaks ${styles.value}`}>
      <VisibleWords text={clinicalDate(value)} />
    </bdi>
  )
}

/** A narrative is markup, so it goes through the sanitiser and never among the words. */
export function isNarrative(text: string): boolean {
  return /^\s*<div[\s>]/i.test(text)
}
