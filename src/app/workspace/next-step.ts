/** The way from files to “0 unaccounted”: what is to be done next on the data pages. */
import { formatNumber } from '../format.ts'

/** What is known of the project now. */
export interface WayState {
  readonly legacy: number
  readonly target: number
  /** Sources whose files are not open. */
  readonly missing: number
  /** Whether a run of this session is about the files as they are. */
  readonly checked: boolean
  readonly confirmed: number
  readonly suggested: number
  readonly unmapped: number
  /** Null where nothing was reconciled, or the files or the map changed since. */
  readonly reconciled: { readonly unaccounted: number; readonly unexplained: number } | null
}

export interface NextStep {
  readonly words: string
  readonly label: string
  /** Address that leads there; null where running all checks does it. */
  readonly href: string | null
}

/** Null where the page itself asks for the files first. */
export function nextStep(state: WayState): NextStep | null {
  const { legacy, target, missing, confirmed, suggested, unmapped, reconciled } = state
  if (legacy + target === 0 || missing > 0) return null
  if (legacy === 0 || target === 0) {
    const side = legacy === 0 ? 'legacy' : 'target'
    return { words: `No file of the ${side} side is here.`, label: `Add the ${side} files`, href: '#/data/sources' }
  }
  if (!state.checked) return { words: 'The files were not checked yet as they are now.', label: 'Check the files', href: null }
  if (suggested > 0)
    return {
      words: `${formatNumber(suggested)} proposed ${suggested === 1 ? 'line waits' : 'lines wait'} for your word.`,
      label: 'Review the proposals',
      href: '#/data/mapping?tab=suggested',
    }
  if (confirmed === 0)
    return {
      words: 'Nothing says which legacy field becomes which target field.',
      label: 'Make the field map',
      href: '#/data/mapping',
    }
  if (!reconciled) return { words: 'The field map was not tried on the files yet.', label: 'Try it on the files', href: null }
  if (reconciled.unaccounted > 0)
    return {
      words: `${formatNumber(reconciled.unaccounted)} legacy ${reconciled.unaccounted === 1 ? 'record is' : 'records are'} unaccounted.`,
      label: 'See which',
      href: '#/data/reconcile',
    }
  if (unmapped > 0)
    return {
      words: `Every legacy record is accounted for; ${formatNumber(unmapped)} ${unmapped === 1 ? 'column has' : 'columns have'} no decision.`,
      label: 'Decide them',
      href: '#/data/mapping?tab=unmapped',
    }
  return { words: 'Every legacy record is accounted for.', label: 'Plan the sample for clinicians', href: '#/review/plan' }
}
