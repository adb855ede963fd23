/** Changes of a crosswalk as values: each gives the next mapping and the edit that takes it back. */

import type { Params, ValueLine, ValueMap } from '../model/carried.ts'
import type { FieldLine, Mapping } from './mapping/mapping.ts'
import { isRowRule, rowRuleTrouble } from './plan/row-rules.ts'

export type MappingEdit =
  /** A new line; at the end where `at` is left out. */
  | { readonly kind: 'add-line'; readonly line: FieldLine; readonly at?: number }
  | { readonly kind: 'remove-line'; readonly at: number }
  /** Rule, parameters, target or fields of a line; it falls back to suggested, because nobody has looked at it. */
  | {
      readonly kind: 'change-line'
      readonly at: number
      readonly fields?: readonly string[]
      readonly rule?: string
      readonly params?: Params
      readonly target?: string
      readonly required?: boolean
    }
  | { readonly kind: 'confirm-line'; readonly at: number; readonly by: string }
  | { readonly kind: 'not-carried'; readonly at: number; readonly reason: string; readonly by: string }
  | { readonly kind: 'reopen-line'; readonly at: number }
  /** Puts a line back exactly as given: the inverse of the edits above. */
  | { readonly kind: 'set-line'; readonly at: number; readonly line: FieldLine }
  | { readonly kind: 'set-value'; readonly map: string; readonly value: ValueLine }
  | { readonly kind: 'remove-value'; readonly map: string; readonly code: string }
  /** Replaces a whole value map, or takes it away with null. */
  | { readonly kind: 'set-map'; readonly map: string; readonly value: ValueMap | null }
  /** Several edits as one step of undo. */
  | { readonly kind: 'together'; readonly edits: readonly MappingEdit[] }

export type Edited =
  | { readonly ok: true; readonly mapping: Mapping; readonly inverse: MappingEdit }
  | { readonly ok: false; readonly why: string }

/** The next mapping and the way back, or the sentence why the edit can not be made. */
export function editMapping(mapping: Mapping, edit: MappingEdit): Edited {
  switch (edit.kind) {
    case 'together':
      return editTogether(mapping, edit.edits)
    case 'set-value':
    case 'remove-value':
    case 'set-map':
      return editValues(mapping, edit)
    case 'add-line': {
      const at = edit.at ?? mapping.fields.length
      if (at < 0 || at > mapping.fields.length) return noLine(at)
      return {
        ok: true,
        mapping: { ...mapping, fields: mapping.fields.toSpliced(at, 0, edit.line) },
        inverse: { kind: 'remove-line', at },
      }
    }
    default:
      return editLine(mapping, edit)
  }
}

type LineEdit = Extract<MappingEdit, { readonly at: number }>

function editLine(mapping: Mapping, edit: Exclude<LineEdit, { readonly kind: 'add-line' }>): Edited {
  const before = mapping.fields[edit.at]
  if (!before) return noLine(edit.at)
  const { at } = edit
  if (edit.kind === 'remove-line')
    return {
      ok: true,
      mapping: { ...mapping, fields: mapping.fields.toSpliced(at, 1) },
      inverse: { kind: 'add-line', line: before, at },
    }
  const after = changed(before, edit)
  return typeof after === 'string'
    ? { ok: false, why: after }
    : {
        ok: true,
        mapping: { ...mapping, fields: mapping.fields.with(at, after) },
        inverse: { kind: 'set-line', at, line: before },
      }
}

function changed(before: FieldLine, edit: Exclude<LineEdit, { readonly kind: 'add-line' | 'remove-line' }>): FieldLine | string {
  switch (edit.kind) {
    case 'set-line':
      return edit.line
    case 'reopen-line':
      return { ...before, status: openStatus(before), reason: keptReason(before), by: '' }
    case 'confirm-line': {
      if (openStatus(before) === 'unmapped' || before.rule === '') return 'A line without target and rule can not be confirmed.'
      if (edit.by.trim() === '') return 'Say who confirms this line.'
      const trouble = isRowRule(before.rule) ? rowRuleTrouble(before) : null
      if (trouble !== null) return `${trouble[0]?.toUpperCase()}${trouble.slice(1)}.`
      return { ...before, status: 'confirmed', reason: keptReason(before), by: edit.by }
    }
    case 'not-carried':
      if (edit.reason.trim() === '') return 'Say why these values are left behind.'
      return edit.by.trim() === ''
        ? 'Say who leaves these values behind.'
        : { ...before, status: 'not-carried', reason: edit.reason, by: edit.by, rule: '', ...leftOf(before) }
    case 'change-line': {
      const { fields, rule, params, target, required } = edit
      const next = {
        ...before,
        ...(fields === undefined ? {} : { fields }),
        ...(rule === undefined ? {} : { rule }),
        ...(params === undefined ? {} : { params }),
        ...(target === undefined ? {} : { target }),
        ...(required === undefined ? {} : { required }),
      }
      return { ...next, status: openStatus(next), reason: keptReason(next), by: '' }
    }
  }
}

/** What stays of a line that carries nothing: the rows it speaks of, and the target where it speaks of the target alone. */
function leftOf({ source, params, target }: FieldLine): Pick<FieldLine, 'params' | 'target'> {
  return { params: new Map([...params].filter(([name]) => name === 'when')), target: source === '' ? target : '' }
}

/** A rule of rows keeps its reason: it is part of the rule. */
function keptReason({ rule, reason }: FieldLine): string {
  return isRowRule(rule) ? reason : ''
}

/** Nobody has decided yet; rows are grouped whatever the target. */
function openStatus({ target, rule }: FieldLine): 'unmapped' | 'suggested' {
  return target === '' && !isRowRule(rule) ? 'unmapped' : 'suggested'
}

function editValues(
  mapping: Mapping,
  edit: Extract<MappingEdit, { readonly kind: 'set-value' | 'remove-value' | 'set-map' }>,
): Edited {
  const before = mapping.values.get(edit.map) ?? null
  const values = new Map(mapping.values)
  if (edit.kind === 'set-map') {
    if (edit.value === null) values.delete(edit.map)
    else values.set(edit.map, edit.value)
  } else {
    if (edit.kind === 'remove-value' && !before?.lines.has(edit.code))
      return { ok: false, why: `The value map ${edit.map} has no line for this code.` }
    const lines = new Map(before?.lines)
    if (edit.kind === 'set-value') lines.set(edit.value.code, edit.value)
    else lines.delete(edit.code)
    values.set(edit.map, { name: edit.map, lines })
  }
  return { ok: true, mapping: { ...mapping, values }, inverse: { kind: 'set-map', map: edit.map, value: before } }
}

function editTogether(mapping: Mapping, edits: readonly MappingEdit[]): Edited {
  let now = mapping
  const back: MappingEdit[] = []
  for (const edit of edits) {
    const done = editMapping(now, edit)
    if (!done.ok) return done
    now = done.mapping
    back.unshift(done.inverse)
  }
  return { ok: true, mapping: now, inverse: { kind: 'together', edits: back } }
}

function noLine(at: number): Edited {
  return { ok: false, why: `The field map has no line ${at + 1}.` }
}
