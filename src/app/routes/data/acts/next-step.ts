/** The way from files to “0 unaccounted”: what is to be done next on the data pages. */
import { formatNumber } from '../../../components/format.ts'
import type { Address } from '../../../window/address.ts'

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
  /** Number of the first proposed line, from 1; null where there is none. */
  readonly firstSuggested: number | null
  /** Critical findings of the last run that nobody accepted. */
  readonly critical: number
  /** Null where nothing was reconciled, or the files or the map changed since. */
  readonly reconciled: {
    readonly unaccounted: number
    readonly unexplained: number
    readonly notCompared: number
    readonly patients: number
  } | null
}

export interface NextStep {
  readonly words: string
  readonly label: string
  /** What the button does; an address is opened, at this part of its page. */
  readonly act: 'check' | 'propose' | { readonly href: Address; readonly part?: string }
}

/** Null where the page itself asks for the files first. */
export function nextStep(state: WayState): NextStep | null {
  const { legacy, target, missing, confirmed, suggested, unmapped, reconciled } = state
  if (legacy + target === 0 || missing > 0) return null
  if (legacy === 0 || target === 0) {
    const side = legacy === 0 ? 'legacy' : 'target'
    return { words: `No file of the ${side} side is here.`, label: `Add the ${side} files`, act: { href: '#/data/sources' } }
  }
  if (!state.checked) return { words: 'The files were not checked yet as they are now.', label: 'Check the files', act: 'check' }
  if (suggested > 0)
    return {
      words: `${formatNumber(suggested)} proposed ${suggested === 1 ? 'line waits' : 'lines wait'} for your word.`,
      label: 'Review the proposals',
      act: { href: `#/data/mapping?tab=suggested${state.firstSuggested === null ? '' : `&line=${state.firstSuggested}`}` },
    }
  if (confirmed === 0)
    return {
      words: 'Nothing says which legacy field becomes which target field.',
      label: 'Propose a field map',
      act: 'propose',
    }
  if (!reconciled) return { words: 'The field map was not tried on the files yet.', label: 'Try it on the files', act: 'check' }
  if (reconciled.notCompared > 0)
    return {
      words: `${formatNumber(reconciled.notCompared)} ${reconciled.notCompared === 1 ? 'element was' : 'elements were'} not compared: no number speaks of ${reconciled.notCompared === 1 ? 'it' : 'them'}.`,
      label: 'See which',
      act: { href: '#/data/reconcile?show=not-compared', part: 'not-compared' },
    }
  if (reconciled.unaccounted > 0)
    return {
      words: `${formatNumber(reconciled.unaccounted)} legacy ${reconciled.unaccounted === 1 ? 'record is' : 'records are'} unaccounted.`,
      label: 'See which',
      act: { href: '#/data/reconcile?show=unaccounted', part: 'unaccounted' },
    }
  if (reconciled.patients === 0)
    return {
      words: 'No patient was compared: the field map joins no record of the two sides.',
      label: 'Confirm the key of the patients',
      act: { href: '#/data/mapping' },
    }
  if (state.critical > 0)
    return {
      words: `Every legacy record is accounted for, but ${formatNumber(state.critical)} critical ${state.critical === 1 ? 'finding stands' : 'findings stand'}.`,
      label: 'Open the findings',
      act: { href: '#/data/findings' },
    }
  if (unmapped > 0)
    return {
      words: `Every legacy record is accounted for; ${formatNumber(unmapped)} ${unmapped === 1 ? 'column has' : 'columns have'} no decision.`,
      label: 'Decide them',
      act: { href: '#/data/mapping?tab=unmapped' },
    }
  return {
    words: 'Every legacy record is accounted for.',
    label: 'Plan the sample for clinicians',
    act: { href: '#/review/plan' },
  }
}
