/** A code beside the codings of the target: one system under several names, and codes as their system writes them. */
import { codeIn, systemOf } from './code-systems.ts'
import type { EqualRule } from './rules.ts'

interface PlainCode {
  readonly system: string
  readonly code: string
}

/** ICD-9-CM has two lists under one name: diagnoses with a dot after three figures, procedures with one after two. */
export type CodeKind = 'diagnosis' | 'procedure'

export type CodeRelation =
  /** `by` null: code and system as written. */
  { readonly kind: 'equal'; readonly by: EqualRule | null } | { readonly kind: 'without-system' | 'other-system' | 'other' }

/**
 * @param legacy system empty where the rule of the line states none
 * @param kind what the element holds, where its name says it
 */
export function compareCodes(
  legacy: PlainCode,
  target: readonly PlainCode[],
  exact: boolean,
  kind: CodeKind | null = null,
): CodeRelation {
  if (target.some(({ system, code }) => code === legacy.code && (legacy.system === '' || system === legacy.system)))
    return { kind: 'equal', by: null }
  const wanted = systemOf(legacy.system)
  let best: CodeRelation = { kind: 'other' }
  for (const { system, code } of target) {
    const found = systemOf(system)
    const one = wanted === '' ? found : wanted
    const [was, is] = [codeIn(one, legacy.code), codeIn(one, code)]
    if (was !== is || hasOtherDot(legacy.code, code) || hasUnclearDot(one, legacy, { system, code }, kind)) continue
    const sameSystem = wanted === '' || wanted === found
    if (sameSystem && !exact) return { kind: 'equal', by: legacy.code === code ? 'code-alias' : 'code-zeros' }
    if (legacy.code !== code && exact) continue
    if (system === '') best = { kind: 'without-system' }
    else if (best.kind === 'other') best = { kind: 'other-system' }
  }
  return best
}

/** A dot that is left out is punctuation; one that stands elsewhere makes another code: 36.01 and 360.1 of ICD-9-CM. */
function hasOtherDot(was: string, is: string): boolean {
  const [before, after] = [was.trim().indexOf('.'), is.trim().indexOf('.')]
  return before >= 0 && after >= 0 && before !== after
}

/** ICD-9-CM: 3893 is the diagnosis 389.3 or the procedure 38.93, and only list or element say which. Five figures or a letter are a diagnosis. Of two lists no code is the same. */
function hasUnclearDot(system: string, was: PlainCode, is: PlainCode, kind: CodeKind | null): boolean {
  if (system !== systemOf('ICD-9-CM')) return false
  const [before, after] = [listOf(was.system), listOf(is.system)]
  if (before !== null && after !== null && before !== after) return true
  if (was.code.includes('.') === is.code.includes('.')) return false
  const [bare, dotted] = was.code.includes('.') ? [is, was] : [was, is]
  if (!/^\d{3,4}$/.test(bare.code.trim())) return false
  const meant = listOf(bare.system) ?? kind
  return meant === null || dotted.code.trim().indexOf('.') !== (meant === 'diagnosis' ? 3 : 2)
}

function listOf(system: string): CodeKind | null {
  const name = system.toLowerCase()
  if (/\.6\.104$|i9cp|proc|prcdr/.test(name)) return 'procedure'
  return /\.6\.103$|i9cdx|diag/.test(name) ? 'diagnosis' : null
}
