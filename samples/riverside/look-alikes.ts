/** The benign look-alikes: what a careless check would report and a careful one must not. */

import { drugs, labs } from './catalog.ts'
import { setAt } from './edit.ts'
import {
  addAllergy,
  addBooking,
  addMedicine,
  addNote,
  addProblem,
  addReferral,
  addResult,
  addVisit,
  type Person,
} from './person.ts'
import { type LookAlike, resourceOf } from './plant.ts'

function medicineNamed(
  person: Person,
  name: string,
  ...[random, asOf]: [Parameters<typeof addMedicine>[1], string]
): Person['medicines'][number] {
  const drug = drugs.find((one) => one.name === name)
  if (!drug) throw new Error(`No drug ${name}`)
  person.medicines = person.medicines.filter((one) => one.drug !== drug)
  const medicine = { ...addMedicine(person, random, asOf), key: `M${String(person.index + 1).padStart(6, '0')}9` }
  person.medicines[person.medicines.length - 1] = medicine
  medicine.drug = drug
  medicine.dose = String(drug.doses[0])
  medicine.unit = drug.unit
  medicine.stopped = null
  return medicine
}

const noAllergies = (person: Person): void => {
  person.allergies = []
  person.statement = null
}

export const lookAlikes: readonly LookAlike[] = [
  {
    kind: 'dose-in-another-unit',
    words: '0.5 g in legacy is 500 mg in the target',
    prepare(person, random, asOf) {
      const medicine = medicineNamed(person, 'Metformin', random, asOf)
      medicine.dose = '0.5'
      medicine.unit = 'g'
    },
    vary(scene) {
      const resource = resourceOf(scene, `M${String(scene.person.index + 1).padStart(6, '0')}9`)
      setAt(resource, ['dosageInstruction', 0, 'doseAndRate', 0, 'doseQuantity'], {
        value: 500,
        unit: 'mg',
        system: 'http://unitsofmeasure.org',
        code: 'mg',
      })
    },
  },
  {
    kind: 'dose-with-trailing-zero',
    words: '5.0 mg is 5 mg',
    prepare(person, random, asOf) {
      medicineNamed(person, 'Amlodipine', random, asOf).dose = '5.0'
    },
  },
  {
    kind: 'large-dose-of-heparin',
    words: '5000 units of heparin is a usual dose',
    prepare(person, random, asOf) {
      medicineNamed(person, 'Heparin', random, asOf)
    },
  },
  {
    kind: 'small-dose-below-one',
    words: '0.125 mg of digoxin is 125 mcg',
    prepare(person, random, asOf) {
      const medicine = medicineNamed(person, 'Digoxin', random, asOf)
      medicine.dose = '0.125'
      medicine.unit = 'mg'
    },
    vary(scene) {
      const resource = resourceOf(scene, `M${String(scene.person.index + 1).padStart(6, '0')}9`)
      setAt(resource, ['dosageInstruction', 0, 'doseAndRate', 0, 'doseQuantity'], {
        value: 125,
        unit: 'mcg',
        system: 'http://unitsofmeasure.org',
        code: 'ug',
      })
    },
  },
  {
    kind: 'stopped-on-both-sides',
    words: 'a stopped medicine stays stopped',
    prepare(person, random, asOf) {
      medicineNamed(person, 'Warfarin', random, asOf).stopped = asOf
    },
  },
  {
    kind: 'same-medicine-twice',
    words: 'two prescriptions of one medicine with different doses and starts',
    prepare(person, random, asOf) {
      const first = medicineNamed(person, 'Furosemide', random, asOf)
      person.medicines.push({ ...first, key: first.key.replace(/9$/, '8'), dose: '20', started: asOf })
      first.dose = '40'
    },
  },
  {
    kind: 'allergy-inactive-on-both-sides',
    words: 'an inactive allergy stays inactive',
    prepare(person, random, asOf) {
      addAllergy(person, random, asOf)
      addAllergy(person, random, asOf).status = 'inactive'
    },
  },
  {
    kind: 'allergy-refuted-on-both-sides',
    words: 'a refuted allergy stays refuted',
    prepare(person, random, asOf) {
      addAllergy(person, random, asOf)
      addAllergy(person, random, asOf).status = 'refuted'
    },
  },
  {
    kind: 'allergy-spelt-another-way',
    words: 'PCN is penicillin',
    prepare(person, random, asOf) {
      const allergy = addAllergy(person, random, asOf)
      allergy.spelling = allergy.allergen.spellings.at(-1) ?? allergy.spelling
    },
  },
  {
    kind: 'denies-allergies',
    words: '“denies” is a statement and arrives as No known allergies',
    prepare(person) {
      person.allergies = []
      person.statement = { text: 'denies', means: 'none' }
    },
  },
  {
    kind: 'allergies-unavailable',
    words: 'could not be obtained on either side',
    prepare(person) {
      person.allergies = []
      person.statement = { text: 'unable to obtain', means: 'unavailable' }
    },
  },
  {
    kind: 'allergies-not-recorded',
    words: 'no allergy row and no allergy resource',
    prepare: noAllergies,
  },
  {
    kind: 'accent-in-name',
    words: 'capital letters with tilde are no encoding damage',
    prepare(person) {
      person.family = 'CONCEIÇÃO'
      person.given = 'JOÃO'
    },
  },
  {
    kind: 'surname-null',
    words: 'Null is a surname',
    prepare(person) {
      person.family = 'Null'
    },
  },
  {
    kind: 'namesake',
    words: 'same name, another birth date: two people',
    prepare(person, _random, _asOf, bystander) {
      person.family = bystander.family
      person.given = bystander.given
      person.sex = bystander.sex
      person.birth = bystander.birth === '1961-05-02' ? '1987-11-23' : '1961-05-02'
    },
  },
  {
    kind: 'born-on-leap-day',
    words: '29 February exists',
    prepare(person) {
      person.birth = '1960-02-29'
    },
  },
  {
    kind: 'over-a-hundred',
    words: 'a hundred and two years old',
    prepare(person, _random, asOf) {
      person.birth = `${Number(asOf.slice(0, 4)) - 102}-03-09`
    },
  },
  {
    kind: 'no-phone-on-either-side',
    words: '“unknown” and absent are both Not recorded',
    prepare(person) {
      person.phone = ''
    },
  },
  {
    kind: 'date-that-reads-both-ways',
    words: '04/03 day first is 4 March',
    prepare(person, random, asOf) {
      addProblem(person, random, asOf).onset = `${Number(asOf.slice(0, 4)) - 2}-03-04`
    },
  },
  {
    kind: 'onset-year-alone',
    words: 'a year stays a year',
    prepare(person, random, asOf) {
      addProblem(person, random, asOf).onset = String(Number(asOf.slice(0, 4)) - 1)
    },
  },
  {
    kind: 'problem-resolved-on-both-sides',
    words: 'a resolved problem stays resolved',
    prepare(person, random, asOf) {
      addProblem(person, random, asOf).status = 'resolved'
    },
  },
  {
    kind: 'below-detection',
    words: '<0.20 keeps its comparator',
    prepare(person, random, asOf) {
      const result = addResult(person, random, asOf, (lab) => lab.local === 'TSH')
      result.comparator = '<'
      result.value = '0.20'
    },
  },
  {
    kind: 'ratio-without-unit',
    words: 'INR has no unit to lose',
    prepare(person, random, asOf) {
      const inr = labs.find((one) => one.local === 'INR')
      if (inr) addResult(person, random, asOf, (lab) => lab === inr)
    },
  },
  {
    kind: 'repeated-result',
    words: 'the same test twice on one day with the same value',
    prepare(person, random, asOf) {
      const first = addResult(person, random, asOf)
      person.results.push({ ...first, key: `R${String(person.index + 1).padStart(6, '0')}9`, time: '18:05' })
    },
  },
  {
    kind: 'note-ending-mid-sentence',
    words: 'cut short in legacy already',
    prepare(person, random, asOf) {
      const note = addNote(person, random, asOf)
      note.text = note.text.slice(0, 80)
    },
  },
  {
    kind: 'note-with-quotes-and-delimiters',
    words: 'quotes, commas, semicolons and NULL inside a note',
    prepare(person, random, asOf) {
      addNote(person, random, asOf).text =
        'Says "fine, thanks"; but\n\n"NULL" was typed by the old form | see chart,\n½ tablet at night – ok'
    },
  },
  {
    kind: 'reference-that-resolves-elsewhere',
    words: 'the practitioner is in another file of the export',
    prepare(person, random, asOf) {
      addReferral(person, random, asOf)
      addVisit(person, random, asOf)
    },
  },
  {
    kind: 'booked-for-tomorrow',
    words: 'two bookings in one week',
    prepare(person, random, asOf) {
      addBooking(person, random, asOf)
      addBooking(person, random, asOf)
    },
  },
]
