/** The small drawings that say what kind of work a step is, 14 px, in the colour of the text beside them. */
import type { KindMark } from './words.ts'

const paths: Readonly<Record<Exclude<KindMark, 'none'>, string>> = {
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14.5c.4-3.2 2.6-4.8 5.5-4.8s5.1 1.6 5.5 4.8Z',
  hand: 'M5 9V3.8a1 1 0 0 1 2 0V8m0-5.2a1 1 0 0 1 2 0V8m0-4.2a1 1 0 0 1 2 0V9m0-3.2a1 1 0 0 1 2 0v4.4c0 2.6-1.6 4.3-4.2 4.3-2.2 0-3.2-.9-4.2-2.6L2.9 9.4c-.7-1.2.8-2 1.5-1.1L5 9',
  gear: 'M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 1.8v2m0 8.4v2M1.8 8h2m8.4 0h2M3.6 3.6 5 5m6 6 1.4 1.4M3.6 12.4 5 11m6-6 1.4-1.4',
  check: 'M2.5 2.5h11v11h-11ZM5 8.2l2.2 2.2L11.2 5.8',
  rekey: 'M2 5.5h11.5m-3-3 3 3-3 3M14 10.5H2.5m3-3-3 3 3 3',
  sheet: 'M4 1.8h5.5L12.5 5v9.2H4ZM9.2 2v3.2h3.2M6 8h4.6M6 10.8h4.6',
  hourglass: 'M4 2h8M4 14h8M5 2c0 3.4 1.2 4.6 3 6-1.8 1.4-3 2.6-3 6m6-12c0 3.4-1.2 4.6-3 6 1.8 1.4 3 2.6 3 6',
}

export function StepMark({ mark, size = 14 }: { readonly mark: KindMark; readonly size?: number }) {
  if (mark === 'none') return null
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={paths[mark]} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  )
}
