/** What the roles of lines are for, and what it costs when a table has none of them. */

export interface RoleWords {
  readonly role: string
  readonly says: string
  /** What happens without it. */
  readonly without: string
}

export const roleWords: readonly RoleWords[] = [
  {
    role: 'key',
    says: 'The value that names the record on both sides, such as a record number that was carried over.',
    without: 'Records pair by patient, code and time; a patient table without it joins nothing.',
  },
  {
    role: 'id',
    says: 'The id that the target gives the record; `map` writes it, and links to the row lead to it.',
    without: 'A UUID made of the key.',
  },
  {
    role: 'code',
    says: 'What the record is about: its diagnosis, drug, test or kind of visit.',
    without:
      'The element decides where its name does, such as `Condition.code`; else records pair by time and further facts alone.',
  },
  {
    role: 'onset',
    says: 'Since when it holds, or when it was done.',
    without:
      'The element decides where its name does, such as `Observation.effectiveDateTime`; else repeated codes can not be told apart.',
  },
  {
    role: 'status',
    says: 'Whether the entry is current: what ended in legacy must not be active in the target.',
    without: 'Every entry counts as current.',
  },
  {
    role: 'site',
    says: 'The place that totals are split by.',
    without: 'Totals are not split by place.',
  },
]
