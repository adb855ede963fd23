/** What the names in an expression of a rule mean: columns of its table as their schema declares them, and look-ups in other tables. */

import { type CompiledSchema, noSchema } from '../model/constraint.ts'
import { columnIn } from '../read/column-in.ts'
import { type Cast, castOf, castsOf } from './casts.ts'
import type { RuleContext } from './context.ts'
import { compileExpression, type Evaluate, type Scope } from './evaluate.ts'
import { parseExpression } from './expression.ts'
import type { FactTable } from './facts.ts'
import type { RuleEntry } from './rule-file.ts'
import type { RuledTable } from './ruled-table.ts'

/** The schema that a rule reads cells by: what the run guessed is for its own rules, a person's rules see texts where nothing was declared. */
export function schemaFor({ guessed }: RuleEntry, { schema, isGuess }: RuledTable): CompiledSchema {
  return isGuess && !guessed ? noSchema : schema
}

/** `want` is told which facts of which input a look-up needs. */
export function scopeOf(
  entry: RuleEntry,
  table: RuledTable,
  all: readonly RuledTable[],
  context: RuleContext,
  want: (facts: FactTable, input: number) => void,
): Scope {
  return {
    ...ownScope(entry, table, context),
    lookup: (name, key, field) => {
      const named = all.filter((other) => other.table === name)
      const target = named.find((other) => other.side === table.side) ?? named[0]
      if (!target) return `The table ${name} is not part of this run.`
      const missing = [key, field].find((column) => columnIn(target.header, column) < 0)
      if (missing !== undefined) return `The table ${name} has no column ${missing}.`
      if (context.isTooLate(target.input, key, field))
        return `The table ${name} had been read before this one was found; give them as files of their own.`
      const facts = context.want(target.input, name, key, field)
      const cast = castOf(castsOf(schemaFor(entry, target)), field)
      want(facts, target.input)
      return (text) => {
        const found = facts.value(text, field)
        return found === null ? null : cast(found)
      }
    },
  }
}

/** The `when` of a check over a column or over all records; null where there is none, a sentence where it can not be honoured. */
export function conditionOf(entry: RuleEntry, table: RuledTable, context: RuleContext): Evaluate | null | string {
  if (entry.when === null) return null
  const tree = parseExpression(entry.when)
  const lookup = (): string => 'The condition of a check over a column or over all records can not ask other tables.'
  const compiled = tree.kind === 'fault' ? tree : compileExpression(tree, { ...ownScope(entry, table, context), lookup })
  return typeof compiled === 'function' ? compiled : compiled.says
}

function ownScope(entry: RuleEntry, table: RuledTable, { asOf }: RuleContext): Pick<Scope, 'asOf' | 'column'> {
  const casts: ReadonlyMap<string, Cast> = castsOf(schemaFor(entry, table))
  const { header } = table
  return {
    asOf,
    column: (name) => {
      const column = columnIn(header, name)
      if (column < 0) return null
      const cast = castOf(casts, name)
      return (row) => {
        const text = row.text(column)
        return text === null ? null : cast(text)
      }
    },
  }
}
