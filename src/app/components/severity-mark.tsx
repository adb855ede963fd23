/** Severity and state as shape and word, never colour alone. */
import type { Severity } from '../../core/finding.ts'
import styles from './severity-mark.module.css'

export type Mark = Severity | 'ok' | 'at-risk' | 'waiting' | 'unknown' | 'proven' | 'claimed' | 'not-due'

const words: Readonly<Record<Mark, string>> = {
  critical: 'Critical',
  error: 'Error',
  warning: 'Warning',
  info: 'Info',
  ok: 'Ready',
  'at-risk': 'At risk',
  waiting: 'Waiting',
  unknown: 'Unknown',
  proven: 'Proven',
  claimed: 'Claimed',
  'not-due': 'Not due',
}

/** A 16 px mark. Give `label` where no word stands beside it. */
export function SeverityMark({ mark, label }: { readonly mark: Mark; readonly label?: string }) {
  const look = { className: `${styles.mark} ${styles[mark]}`, viewBox: '0 0 16 16', width: 16, height: 16 }
  if (label === undefined)
    return (
      <svg {...look} aria-hidden="true">
        <Shape mark={mark} />
      </svg>
    )
  return (
    <svg {...look} role="img" aria-label={label}>
      <title>{label}</title>
      <Shape mark={mark} />
    </svg>
  )
}

function Shape({ mark }: { readonly mark: Mark }) {
  switch (mark) {
    case 'critical':
      return <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" fill="currentColor" />
    case 'error':
      return <path d="M8 2 15 14H1Z" fill="currentColor" />
    case 'warning':
      return <path d="M8 3 13.8 13H2.2Z" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
    case 'info':
      return (
        <>
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M8 7.2v4M8 4.4v1.2" stroke="currentColor" strokeWidth="2" />
        </>
      )
    case 'ok':
      return <circle cx="8" cy="8" r="6" fill="currentColor" />
    case 'proven':
      return (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <path d="m4.8 8.2 2.2 2.2 4.2-4.6" fill="none" stroke="var(--tick, var(--surface))" strokeWidth="1.8" />
        </>
      )
    case 'not-due':
      return <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="1.6 2.2" />
    case 'claimed':
    case 'at-risk':
      return (
        <>
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" />
        </>
      )
    case 'waiting':
      return <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
    case 'unknown':
      return <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3 2.5" />
  }
}

/** A mark and its word, on the tint of its severity. */
export function Pill({ mark, children }: { readonly mark: Mark; readonly children?: React.ReactNode }) {
  return (
    <span className={`line nowrap ${styles.pill} ${styles[mark]}`}>
      <SeverityMark mark={mark} />
      {children ?? words[mark]}
    </span>
  )
}
