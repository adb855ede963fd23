/** A trap as it is kept: what was altered, and what it was made of. */
import * as v from 'valibot'
import { domains } from '../../data/crosswalk/plan/sides.ts'
import { type Kept, listBy, object } from '../../values/document.ts'

/** `rule-wrong`: both sides are called the same after a rule, and the rule is what is wrong: a hurried reader does not look there. */
export const trapKinds = ['entry-lost', 'number-times-ten', 'date-moved', 'text-cut', 'rule-wrong'] as const
export type TrapKind = (typeof trapKinds)[number]

export const trapSeed = object({
  /** Name of the copy in verdicts; looks like the name of any record. */
  id: v.string(),
  /** Key of the copied patient; sensitive. */
  key: v.string(),
  seed: v.string(),
})
/** What makes a trap: whose record is copied, under which name, and the seed that decides what is altered. */
export type TrapSeed = Kept<typeof trapSeed>

const trap = object({
  id: v.string(),
  kind: v.picklist(trapKinds),
  domain: v.picklist(domains),
  /** Entries that show the defect, as verdicts name them. */
  items: v.array(v.string()),
})
/** What was altered; places and kinds only. */
export type Trap = Kept<typeof trap>

/** `review/traps.json`. */
export const trapsDocument = listBy('id', trap)
