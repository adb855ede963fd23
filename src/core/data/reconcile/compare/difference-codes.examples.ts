/** How each difference between two systems is decided, for rule pages. */
import type { PairCode } from './difference-codes.ts'

export const differenceDecides: Readonly<Record<PairCode, string>> = {
  'data/allergy-state-changed':
    "The state of a patient's allergies (known, none known, not recorded, unavailable) is read off both sides and must be the same.",
  'data/allergy-lost':
    'Each current allergy of legacy must be aligned with a current one of the target. Entries are aligned by identity, then by likeness.',
  'data/allergy-altered':
    'Substance, reaction, severity and certainty of both entries of one allergy must say the same after the field map was followed.',
  'data/allergy-resurrected': 'An allergy that legacy holds as inactive or refuted must not be active in the target.',
  'data/dose-changed':
    'Dose and unit of a medicine are converted into one unit. It flags if both amounts differ, and names the factor.',
  'data/unit-lost': 'It flags if legacy has a unit beside the value and the target has the value alone.',
  'data/unit-changed': 'It flags if the unit of the target differs and no known factor leads from one unit to the other.',
  'data/comparator-lost': 'It flags if legacy has a comparator such as < or > and the target has the number alone.',
  'data/value-changed': 'Both values are converted into one unit. It flags if they differ beyond the digits that were written.',
  'data/wrong-patient': 'It flags if the entry is found in the target with the same identity, under another patient.',
  'data/patient-lost': 'It flags if no patient of the target has the key of a patient of legacy.',
  'data/duplicate-patient': 'It flags if two or more patients of the target have the key of one patient of legacy.',
  'data/patient-appeared': 'It flags if a patient of the target has a key that no patient of legacy has.',
  'data/item-lost': 'It flags if no current entry of the target is aligned with a current entry of legacy.',
  'data/item-appeared': 'It flags if no entry of legacy is aligned with an entry of the target.',
  'data/item-resurrected': 'It flags if an entry is ended or resolved in legacy and current in the target.',
  'data/date-swapped': 'It flags if the day of one side is the month of the other, in the same year.',
  'data/code-system-lost': 'It flags if the codes agree and the target names no code system.',
  'data/code-system-changed': 'It flags if the codes agree and the target names another code system than the field map.',
  'data/note-truncated': 'It flags if the note of the target is a beginning of the note of legacy and shorter.',
  'data/text-truncated': 'It flags if the text of the target is a beginning of the text of legacy and shorter.',
  'data/text-damaged': 'It flags if both texts agree once letters beyond ASCII are read in another encoding.',
  'data/field-lost': 'It flags if the field is filled in legacy and empty in the target.',
  'data/field-appeared': 'It flags if the field is empty in legacy and filled in the target.',
  'data/field-changed':
    'Both values are compared by the rule of the field map: texts, codes, numbers and times by their meaning. What is left flags.',
  'data/zeros-lost': 'It flags if both identifiers agree once leading zeros are left out.',
  'data/null-reason-changed':
    'The word for a missing value is translated into its reason on both sides. It flags if the reasons differ.',
  'data/date-became-number':
    'It flags if the target holds a number that is the date of legacy counted in days, as spreadsheets do.',
  'data/time-shifted': 'It flags if both times differ by hours that a time zone explains.',
  'data/date-shifted': 'It flags if both dates differ by whole days.',
  'data/precision-lost': 'It flags if the target says the same with fewer digits, without seconds or without a zone.',
  'data/orphan-target': 'It flags if an entry of the target leads to no patient.',
  'data/record-unaccounted':
    'Each record of legacy must have arrived, be left behind by a rule, or be explained by a person. Every other record flags.',
  'data/ambiguous-match': 'It flags if two or more entries of the target have the same likeness to one entry of legacy.',
  'data/key-repeated': 'It flags if two or more records of one table have the key by which both sides are joined.',
  'data/value-unmapped': 'It flags if the value map of the field has no line for the value.',
  'data/not-compared': 'It flags if a line of the field map could not be followed, so that its element was held against nothing.',
  'data/not-mapped':
    'It flags if a column of legacy holds values, no line of the field map names it, and treatment may depend on it: a dose, an allergy, a result.',
}
