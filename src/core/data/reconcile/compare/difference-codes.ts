/** The words of every difference that pairing can report; the code is the key everywhere. */
import type { Severity } from '../../../finding.ts'
import type { Wording } from '../../../rule.ts'

export type PairCode = (typeof table)[number][0]

const table = [
  [
    'data/allergy-state-changed',
    'critical',
    'The allergy status changed',
    'Known, none known, not recorded and unavailable ask for different caution; a record that says “No known allergies” without reason invites the next prescription.',
    'Open the patients, correct the target from the legacy record, and correct the rule that made the status.',
  ],
  [
    'data/allergy-lost',
    'critical',
    'A current allergy did not arrive',
    'The warning that would stop a harmful prescription is gone.',
    'Load the allergy again and find out which rule or load step dropped it.',
  ],
  [
    'data/allergy-altered',
    'critical',
    'An allergy arrived altered',
    'Substance, reaction and severity decide whether a medicine is given; an altered entry misleads with authority.',
    'Compare with legacy, correct the entry, and check the value map of substances and reactions.',
  ],
  [
    'data/allergy-resurrected',
    'critical',
    'An allergy that legacy had withdrawn is current again',
    'A refuted or inactive allergy that comes back keeps patients from the treatment they need.',
    'Set its status as in legacy and map the status column, not only the substance.',
  ],
  [
    'data/dose-changed',
    'critical',
    'A dose is not the dose of legacy',
    'A dose wrong by a factor is given as written.',
    'Correct the dose, then look for the same factor in other medicines: it is usually a rule, not a typing error.',
  ],
  [
    'data/unit-lost',
    'critical',
    'A value arrived without its unit',
    'The same number means another amount in another unit, and the reader will guess.',
    'Carry value and unit together; do not show the number until the unit is back.',
  ],
  [
    'data/unit-changed',
    'critical',
    'A value arrived in another unit',
    'The same number in another unit is another amount, and no known factor leads from one to the other.',
    'Compare the rows, correct unit or conversion, load again.',
  ],
  [
    'data/comparator-lost',
    'critical',
    'A result lost its < or >',
    '“Below detection” became a measured value.',
    'Map the comparator to Quantity.comparator and load these results again.',
  ],
  [
    'data/value-changed',
    'critical',
    'A measured value is not the value of legacy',
    'Treatment follows the number.',
    'Compare the rows, correct the conversion, load again.',
  ],
  [
    'data/wrong-patient',
    'critical',
    'An entry is filed under another patient',
    'Two patients are wrong: one is treated for what he does not have, the other lacks it.',
    'Move the entry back, then check the key that joined it to the patient.',
  ],
  [
    'data/patient-lost',
    'critical',
    'A patient did not arrive',
    'Nothing of this record can be seen in the new system.',
    'Load the patient with all entries, or record who decided to leave the record behind.',
  ],
  [
    'data/duplicate-patient',
    'critical',
    'One patient became two',
    'Each half of the record looks complete; allergies stand in one and prescriptions in the other.',
    'Merge the two records in the target and find out why the match failed.',
  ],
  [
    'data/patient-appeared',
    'error',
    'A patient exists only in the target',
    'Nobody can say where the record comes from.',
    'Find its origin; if it is a test record, remove it before go-live.',
  ],
  [
    'data/item-lost',
    'error',
    'An entry did not arrive or is no longer current',
    'Whoever opens the new record does not know what the old one said.',
    'Load the entry again, or record the rule and the person that left it behind.',
  ],
  [
    'data/item-appeared',
    'error',
    'An entry has no source in legacy',
    'It may belong to another patient or be made up by a default.',
    'Find where it came from; remove it if nobody can say.',
  ],
  [
    'data/item-resurrected',
    'critical',
    'An entry that was stopped or resolved is current again',
    'A stopped medicine that looks current is taken again.',
    'Set its status as in legacy and map the status and end columns.',
  ],
  [
    'data/date-swapped',
    'error',
    'Day and month changed places',
    'The date is valid and wrong; age of a problem and order of events mislead.',
    'State the order of the column in the mapping and load it again: other rows were swapped without a trace.',
  ],
  [
    'data/code-system-lost',
    'error',
    'A code arrived without its code system',
    'Without the system the code is only text: no alert, no report and no interface can use it.',
    'Write the system beside every code and load again.',
  ],
  [
    'data/code-system-changed',
    'error',
    'A code arrived under another code system',
    'The same signs name something else in another code system, and alerts look it up there.',
    'Correct the code system of the rule and load again.',
  ],
  [
    'data/note-truncated',
    'error',
    'A note was cut short',
    'The plan stands at the end of a note.',
    'Raise the length limit of the load and bring these notes again.',
  ],
  [
    'data/text-truncated',
    'error',
    'A text was cut short',
    'What stood at its end is gone, and nothing shows that it was there.',
    'Raise the length limit of the load and bring these texts again.',
  ],
  [
    'data/text-damaged',
    'warning',
    'Accented letters were damaged on the way',
    'A name that can not be read is not found, and a second record is made.',
    'Read the legacy file in its own encoding and load these values again.',
  ],
  [
    'data/field-lost',
    'error',
    'A field that legacy filled is empty in the target',
    'What was known is no longer known.',
    'Check the rule of this field, load again or record why it is left behind.',
  ],
  [
    'data/field-appeared',
    'warning',
    'A field is filled that legacy left empty',
    'A default looks like a fact.',
    'Find the rule that fills it; leave empty what nobody recorded.',
  ],
  [
    'data/field-changed',
    'error',
    'A field is not what the mapping says it must be',
    'The two records say different things.',
    'Compare the rows, correct rule or data, load again.',
  ],
  [
    'data/zeros-lost',
    'error',
    'An identifier lost its leading zeros',
    'A spreadsheet or a numeric column read it as a number; the record is no longer found under its number.',
    'Load the column again as text, and look for the same in every other identifier.',
  ],
  [
    'data/null-reason-changed',
    'warning',
    'The reason why nothing is recorded changed',
    '“Not asked”, “unknown” and “refused” ask for different next steps.',
    'Map the reasons one by one, for example to data-absent-reason, instead of to an empty field.',
  ],
  [
    'data/date-became-number',
    'error',
    'A date became the serial number of a spreadsheet',
    'The number is a date to nobody but the spreadsheet, and its two calendars differ by four years and a day.',
    'Load the file without opening it in a spreadsheet.',
  ],
  [
    'data/time-shifted',
    'error',
    'A time was shifted by hours',
    'Order of events, doses per day and even the date mislead.',
    'State the time zone of the column in the mapping and load it again.',
  ],
  [
    'data/date-shifted',
    'error',
    'A date is days earlier or later than in legacy',
    'Order of events, intervals between doses and age at onset mislead.',
    'Look for one cause, such as a conversion between time zones or an edit of many rows, and load the dates again.',
  ],
  [
    'data/precision-lost',
    'info',
    'A value is less exact than in legacy',
    'What is left agrees with legacy; the rest can not be had back from the target.',
    'Carry seconds, time zones and decimals where they matter, or accept the loss with a reason.',
  ],
  [
    'data/orphan-target',
    'critical',
    'A target record belongs to no patient',
    'Nobody will ever see it, and nobody knows whose it is.',
    'Find the patient by the legacy row, correct the link, and check why the load did not refuse it.',
  ],
  [
    'data/record-unaccounted',
    'error',
    'A legacy record is accounted for by nobody',
    'It neither arrived nor did anybody decide to leave it behind.',
    'Map its table, load the record, or explain it with reason and name.',
  ],
  [
    'data/ambiguous-match',
    'warning',
    'Several target records fit one legacy record equally well',
    'Joining the wrong two hides a difference and invents another.',
    'Open the candidates and decide, or add a key to the field map.',
  ],
  [
    'data/key-repeated',
    'error',
    'Several records share one key',
    'Every number of a reconciliation that joins by this key is doubtful.',
    'Remove the repeated records, or add the field to the key that tells them apart.',
  ],
  [
    'data/value-unmapped',
    'warning',
    'A legacy value has no rule',
    'What no rule covers was decided by chance.',
    'Add the value to the value map and have a clinician confirm it.',
  ],
  [
    'data/not-compared',
    'error',
    'An element was not compared',
    'No value of it was held against legacy. A difference in it would show in no number.',
    'Add the value map that is missing, or correct or confirm the line of the field map; then run again.',
  ],
  [
    'data/not-mapped',
    'error',
    'No line of the field map carries a column',
    'Legacy holds values in it, and nobody said where they go or that they stay behind. They are compared with nothing.',
    'Map the column, or leave it behind with a reason and a name.',
  ],
] as const satisfies readonly (readonly [code: string, severity: Severity, title: string, why: string, remedy: string])[]

export const pairWordings: readonly Wording<PairCode>[] = table.map(([code, severity, title, why, remedy]) => ({
  code,
  severity,
  title,
  why,
  remedy,
}))

const byCode: ReadonlyMap<string, Wording<PairCode>> = new Map(pairWordings.map((one) => [one.code, one]))

export function severityOf(code: string): Severity {
  return byCode.get(code)?.severity ?? 'error'
}

/** What a code says in a few words; the code itself where it is not known here. */
export function titleOf(code: string): string {
  return byCode.get(code)?.title ?? code
}
