/** The clinical vocabulary of the sample: legacy spellings and local codes beside the standard codes of the target. */

export const systems = {
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  loinc: 'http://loinc.org',
  icd10: 'http://hl7.org/fhir/sid/icd-10-cm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
  emptyReason: 'http://terminology.hl7.org/CodeSystem/list-empty-reason',
  timing: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation',
  mrn: 'urn:oid:2.16.840.1.113883.19.5.1',
} as const

export interface Allergen {
  readonly display: string
  readonly system: string
  readonly code: string
  readonly category: 'food' | 'medication' | 'environment'
  /** As clerks typed it over the years; the first is the usual one. */
  readonly spellings: readonly string[]
}

const allergen = (
  display: string,
  system: string,
  code: string,
  category: Allergen['category'],
  spellings: string,
): Allergen => ({ display, system, code, category, spellings: spellings.split('|') })

const { snomed, rxnorm } = systems

export const allergens: readonly Allergen[] = [
  allergen('Penicillin G', rxnorm, '7980', 'medication', 'Penicillin|PCN|penicillin V/G'),
  allergen('Penicillamine', rxnorm, '7975', 'medication', 'Penicillamine'),
  allergen('Hydroxyzine', rxnorm, '5553', 'medication', 'Hydroxyzine'),
  allergen('Hydralazine', rxnorm, '5470', 'medication', 'Hydralazine'),
  allergen('Amoxicillin', rxnorm, '723', 'medication', 'Amoxicillin|amoxycillin'),
  allergen('Aspirin', rxnorm, '1191', 'medication', 'Aspirin|ASA'),
  allergen('Codeine', rxnorm, '2670', 'medication', 'Codeine|codéine'),
  allergen('Morphine', rxnorm, '7052', 'medication', 'Morphine'),
  allergen('Sulfamethoxazole', rxnorm, '10180', 'medication', 'Sulfamethoxazole|sulfa'),
  allergen('Trimethoprim', rxnorm, '10829', 'medication', 'Trimethoprim'),
  allergen('Ibuprofen', rxnorm, '5640', 'medication', 'Ibuprofen'),
  allergen('Vancomycin', rxnorm, '11124', 'medication', 'Vancomycin'),
  allergen('Cephalexin', rxnorm, '2231', 'medication', 'Cephalexin|cefalexin'),
  allergen('Allergy to peanut', snomed, '91935009', 'food', 'Peanut|peanuts!!'),
  allergen('Allergy to nut', snomed, '91934008', 'food', 'Tree nuts|nuts (tree)'),
  allergen('Allergy to shellfish', snomed, '300913006', 'food', 'Shellfish|prawns, crab'),
  allergen('Allergy to egg protein', snomed, '213020009', 'food', 'Egg'),
  allergen('Allergy to latex', snomed, '1003755004', 'environment', 'Latex|latex gloves'),
  allergen('Allergy to bee venom', snomed, '424213003', 'environment', 'Bee sting|bee venom'),
]

/** Free-text statements of the allergy column that are not allergies: they are statements, never nulls. */
export const allergyStatements = {
  none: ['NKDA', 'denies', 'No known allergies', 'nil known'],
  unavailable: ['unable to obtain', 'pt unresponsive - not obtained'],
} as const

export const noKnownAllergy = { system: snomed, code: '716186003', display: 'No known allergy' } as const

/** Legacy wording, SNOMED CT code and display of reactions. */
export const reactions: readonly (readonly [text: string, code: string, display: string])[] = [
  ['anaphylaxis', '39579001', 'Anaphylaxis'],
  ['hives', '126485001', 'Urticaria'],
  ['rash', '271807003', 'Eruption of skin'],
  ['swelling of face', '278528006', 'Facial swelling'],
  ['nausea/vomiting', '16932000', 'Nausea and vomiting'],
  ['wheeze', '56018004', 'Wheezing'],
]

export interface Drug {
  readonly name: string
  readonly rxnorm: string
  readonly doses: readonly number[]
  readonly unit: string
  readonly route: string
}

const drug = (name: string, code: string, doses: string, unit: string, route = 'PO'): Drug => ({
  name,
  rxnorm: code,
  doses: doses.split(' ').map(Number),
  unit,
  route,
})

export const drugs: readonly Drug[] = [
  drug('Metformin', '6809', '500 850 1000', 'mg'),
  drug('Atorvastatin', '83367', '10 20 40', 'mg'),
  drug('Lisinopril', '29046', '2.5 5 10', 'mg'),
  drug('Amlodipine', '17767', '5 10', 'mg'),
  drug('Omeprazole', '7646', '20 40', 'mg'),
  drug('Levothyroxine', '10582', '50 75 100', 'mcg'),
  drug('Warfarin', '11289', '1 3 5', 'mg'),
  drug('Metoprolol', '6918', '25 50', 'mg'),
  drug('Furosemide', '4603', '20 40', 'mg'),
  drug('Prednisolone', '8638', '5 10', 'mg'),
  drug('Sertraline', '36437', '50 100', 'mg'),
  drug('Gabapentin', '25480', '100 300', 'mg'),
  drug('Digoxin', '3407', '62.5 125', 'mcg'),
  drug('Methotrexate', '6851', '2.5 7.5 10', 'mg'),
  drug('Insulin glargine', '274783', '12 18 24', 'units', 'SC'),
  drug('Morphine', '7052', '5 10', 'mg'),
  drug('Allopurinol', '519', '100 300', 'mg'),
  drug('Clopidogrel', '32968', '75', 'mg'),
  drug('Spironolactone', '9997', '25 50', 'mg'),
  drug('Ramipril', '35296', '1.25 2.5 5', 'mg'),
  drug('Heparin', '5224', '5000', 'units', 'SC'),
  drug('Paracetamol', '161', '500 1000', 'mg'),
]

/** Legacy frequency code, HL7 GTS abbreviation, words. */
export const frequencies: readonly (readonly [legacy: string, code: string, words: string])[] = [
  ['OD', 'QD', 'once a day'],
  ['BD', 'BID', 'twice a day'],
  ['TDS', 'TID', 'three times a day'],
  ['QDS', 'QID', 'four times a day'],
]

/** Legacy route, SNOMED CT code, display. */
export const routes: readonly (readonly [legacy: string, code: string, display: string])[] = [
  ['PO', '26643006', 'Oral route'],
  ['SC', '34206005', 'Subcutaneous route'],
]

/** ICD-10-CM code and title. */
export const problems: readonly (readonly [code: string, title: string])[] = [
  ['I10', 'Essential (primary) hypertension'],
  ['E11.9', 'Type 2 diabetes mellitus without complications'],
  ['E78.5', 'Hyperlipidemia, unspecified'],
  ['J45.909', 'Unspecified asthma, uncomplicated'],
  ['K21.9', 'Gastro-esophageal reflux disease without esophagitis'],
  ['M54.50', 'Low back pain, unspecified'],
  ['F32.9', 'Major depressive disorder, single episode, unspecified'],
  ['E03.9', 'Hypothyroidism, unspecified'],
  ['I48.91', 'Unspecified atrial fibrillation'],
  ['N18.30', 'Chronic kidney disease, stage 3 unspecified'],
  ['G43.909', 'Migraine, unspecified, not intractable'],
  ['M17.9', 'Osteoarthritis of knee, unspecified'],
  ['J44.9', 'Chronic obstructive pulmonary disease, unspecified'],
  ['H81.09', 'Ménière’s disease, unspecified ear'],
  ['L40.9', 'Psoriasis, unspecified'],
]

/** CVX code and name. */
export const vaccines: readonly (readonly [code: string, name: string])[] = [
  ['141', 'Influenza, seasonal, injectable'],
  ['115', 'Tdap'],
  ['33', 'Pneumococcal polysaccharide PPV23'],
  ['187', 'Zoster recombinant'],
  ['03', 'MMR'],
  ['08', 'Hep B, adolescent or pediatric'],
]

export interface Lab {
  readonly local: string
  readonly loinc: string
  readonly display: string
  /** Unit as printed by the legacy laboratory system; empty for ratios. */
  readonly unit: string
  readonly ucum: string
  /** Lowest and highest drawn, in units of the last decimal. */
  readonly low: number
  readonly high: number
  readonly decimals: number
}

const lab = (
  local: string,
  loinc: string,
  display: string,
  unit: string,
  ucum: string,
  range: readonly [low: number, high: number, decimals: number],
): Lab => ({ local, loinc, display, unit, ucum, low: range[0], high: range[1], decimals: range[2] })

export const labs: readonly Lab[] = [
  lab('GLU', '15074-8', 'Glucose [Moles/volume] in Blood', 'mmol/L', 'mmol/L', [38, 145, 1]),
  lab('HBA1C', '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', '%', '%', [48, 112, 1]),
  lab('CREA', '14682-9', 'Creatinine [Moles/volume] in Serum or Plasma', 'µmol/L', 'umol/L', [45, 190, 0]),
  lab('K', '2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', 'mmol/L', [31, 58, 1]),
  lab('TSH', '3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'mIU/L', 'm[IU]/L', [20, 890, 2]),
  lab('CRP', '1988-5', 'C reactive protein [Mass/volume] in Serum or Plasma', 'mg/L', 'mg/L', [50, 940, 1]),
  lab('INR', '6301-6', 'INR in Platelet poor plasma by Coagulation assay', '', '1', [90, 380, 2]),
  lab('HGB', '718-7', 'Hemoglobin [Mass/volume] in Blood', 'g/dL', 'g/dL', [92, 171, 1]),
  lab('FERR', '2276-4', 'Ferritin [Mass/volume] in Serum or Plasma', 'µg/L', 'ug/L', [9, 420, 0]),
]

export const vitalSigns: readonly Lab[] = [
  lab('WT', '29463-7', 'Body weight', 'kg', 'kg', [480, 1180, 1]),
  lab('HT', '8302-2', 'Body height', 'cm', 'cm', [1490, 1960, 1]),
  lab('HR', '8867-4', 'Heart rate', '/min', '/min', [52, 104, 0]),
  lab('TEMP', '8310-5', 'Body temperature', '°C', 'Cel', [358, 384, 1]),
]

/** Legacy dose unit, UCUM code, and the printed unit of the target. */
export const doseUnits: readonly (readonly [legacy: string, ucum: string, printed: string])[] = [
  ['mg', 'mg', 'mg'],
  ['g', 'g', 'g'],
  ['mcg', 'ug', 'mcg'],
  ['units', '[iU]', 'units'],
]

/** Legacy encounter type, HL7 ActCode, display. */
export const encounterTypes: readonly (readonly [legacy: string, code: string, display: string])[] = [
  ['OV', 'AMB', 'ambulatory'],
  ['HV', 'HH', 'home health'],
  ['TEL', 'VR', 'virtual'],
]

/** Sentences of invented notes; the second list holds what makes a cut dangerous, at the end. */
export const noteOpenings: readonly string[] = [
  'Seen in clinic today, feels well.',
  'Review of long-term medicines.',
  'Telephone contact after results.',
  'Came with spouse; history taken from both.',
  'Annual check, no new complaints; “tired at times”.',
]
export const noteMiddles: readonly string[] = [
  'Blood pressure 132/84, pulse regular; chest clear.',
  'Knee pain after walking, no swelling, full range.',
  'Home readings between 6 and 9; no hypoglycaemia.',
  'Sleeping better, appetite normal, weight stable.',
  'Inhaler technique checked, cough settled.',
]
export const noteEndings: readonly string[] = [
  'Plan: do not restart the blood thinner before the scan.',
  'Plan: stop the water tablet if dizzy, ring if worse.',
  'Plan: repeat potassium in one week, result to be phoned.',
  'Plan: refer to cardiology, urgent, letter sent.',
]
