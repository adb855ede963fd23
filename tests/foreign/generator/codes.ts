/** Published codes as facts: LOINC, SNOMED CT, ICD-10, RxNorm, ATC, CVX, with units of UCUM. Local names are invented. */

export const systems = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
} as const

/** Other names of the same code systems: HL7's registered object identifiers. */
export const aliases: Readonly<Record<string, string>> = {
  [systems.loinc]: 'urn:oid:2.16.840.1.113883.6.1',
  [systems.snomed]: 'urn:oid:2.16.840.1.113883.6.96',
  [systems.icd10]: 'urn:oid:2.16.840.1.113883.6.3',
  [systems.rxnorm]: 'urn:oid:2.16.840.1.113883.6.88',
  [systems.atc]: 'urn:oid:2.16.840.1.113883.6.73',
  [systems.cvx]: 'urn:oid:2.16.840.1.113883.12.292',
}

export interface Concept {
  readonly system: string
  readonly code: string
  /** The name that a local system would use in place of the code. */
  readonly local: string
  readonly words: string
}

export interface Measure extends Concept {
  readonly unit: string
  /** Other spellings of the unit in legacy systems. */
  readonly spellings: readonly string[]
  readonly low: number
  readonly high: number
  readonly decimals: number
  /** Another unit that targets keep it in; converted, never only renamed. */
  readonly other: { readonly unit: string; readonly decimals: number } | null
}

const concepts = (system: string, text: string): readonly Concept[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', local = '', words = ''] = line.trim().split('|')
      return { system, code, local, words }
    })

const measures = (text: string): readonly Measure[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', local = '', words = '', unit = '', spelled = '', low, high, decimals, other = ''] = line.trim().split('|')
      const [otherUnit = '', otherDecimals] = other.split(' ')
      return {
        ...{ system: systems.loinc, code, local, words, unit, spellings: spelled === '' ? [unit] : spelled.split(' ') },
        ...{ low: Number(low), high: Number(high), decimals: Number(decimals) },
        other: otherUnit === '' ? null : { unit: otherUnit, decimals: Number(otherDecimals) },
      }
    })

export const laboratory = measures(`
2951-2|NA|Sodium in serum or plasma|mmol/L|mmol/l mEq/L|125|150|0
2823-3|K|Potassium in serum or plasma|mmol/L|mmol/l|3|6|1
2160-0|CREA|Creatinine in serum or plasma|mg/dL|mg/dl|0.5|4|2
2345-7|GLU|Glucose in serum or plasma|mg/dL|mg/dl|60|300|0
4548-4|A1C|Hemoglobin A1c|%|%|4|12|1
718-7|HGB|Hemoglobin in blood|g/dL|g/dl|8|18|1|g/L 0
6690-2|WBC|Leukocytes in blood|10*3/uL|K/uL 10^3/uL Tsd/µl|2|20|2
777-3|PLT|Platelets in blood|10*3/uL|K/uL 10^3/uL|80|450|0
3016-3|TSH|Thyrotropin|m[IU]/L|mIU/L|0.2|9|3
1742-6|ALT|Alanine aminotransferase|U/L|U/l IU/L|8|120|0
1988-5|CRP|C reactive protein|mg/L|mg/l|0|150|1|mg/dL 2
2276-4|FERR|Ferritin|ug/L|mcg/L µg/l|10|400|1|ng/mL 1
2085-9|HDL|Cholesterol in HDL|mg/dL|mg/dl|25|90|0
2089-1|LDL|Cholesterol in LDL|mg/dL|mg/dl|40|220|0
2132-9|B12|Cobalamin|pg/mL|pg/ml|150|900|0
`)

export const vitals = measures(`
29463-7|WT|Body weight|kg|Kg kgs|45|140|1|[lb_av] 1
8302-2|HT|Body height|cm|cm|140|205|0|[in_i] 1
8310-5|TEMP|Body temperature|Cel|°C C|35|40|1|[degF] 1
8867-4|PULSE|Heart rate|/min|bpm 1/min|48|130|0
9279-1|RESP|Respiratory rate|/min|1/min|10|30|0
`)

export const pressure = { system: systems.loinc, code: '85354-9', local: 'BP', words: 'Blood pressure panel' } as const
export const systolic: Measure = {
  ...{ system: systems.loinc, code: '8480-6', local: 'SYS', words: 'Systolic blood pressure' },
  ...{ unit: 'mm[Hg]', spellings: ['mmHg', 'mm Hg'], low: 95, high: 180, decimals: 0, other: null },
}
export const diastolic: Measure = {
  ...{ system: systems.loinc, code: '8462-4', local: 'DIA', words: 'Diastolic blood pressure' },
  ...{ unit: 'mm[Hg]', spellings: ['mmHg', 'mm Hg'], low: 50, high: 105, decimals: 0, other: null },
}

/** Answers that are no quantity, by the type of value they take. */
export const smoking = { system: systems.loinc, code: '72166-2', local: 'SMOKE', words: 'Tobacco smoking status' } as const
export const smokingAnswers = concepts(
  systems.snomed,
  `266919005|never|Never smoked tobacco
   8517006|ex|Ex-smoker
   77176002|current|Smoker`,
)
export const remark = { system: systems.loinc, code: '8251-1', local: 'NOTE', words: 'Comment on a result' } as const
export const remarks = [
  'sample haemolysed, repeated the next day',
  'fasting was not confirmed by the patient',
  'très légère hémolyse, résultat contrôlé',
  'Kontrolle in vier Wochen, Gerät getauscht für Überprüfung',
  'monster verdund; herhaling geadviseerd',
]
export const titre = { system: systems.loinc, code: '5048-4', local: 'ANA', words: 'Nuclear antibody titre' } as const
export const lastPeriod = {
  system: systems.loinc,
  code: '8665-2',
  local: 'LMP',
  words: 'Last menstrual period start date',
} as const
export const parity = { system: systems.loinc, code: '11977-6', local: 'PARA', words: 'Parity' } as const
export const fever = { system: systems.loinc, code: '45701-0', local: 'FEVER', words: 'Fever' } as const

export const problems = concepts(
  systems.snomed,
  `44054006|DM2|Type 2 diabetes mellitus
   38341003|HTN|Hypertensive disorder
   195967001|ASTH|Asthma
   73211009|DM|Diabetes mellitus
   55822004|HLIP|Hyperlipidaemia
   40930008|HYPOT|Hypothyroidism
   13645005|COPD|Chronic obstructive lung disease
   49436004|AF|Atrial fibrillation
   35489007|DEPR|Depressive disorder
   64859006|OSTP|Osteoporosis`,
)
export const diagnoses = concepts(
  systems.icd10,
  `E11.9|ZUCK|Diabetes mellitus Typ 2 ohne Komplikationen
   I10|HYP|Hypertonie, primär
   J45.9|ASTH|Asthma bronchiale, nicht näher bezeichnet
   E78.5|LIP|Hyperlipidämie, nicht näher bezeichnet
   M81.0|OSTEO|Postmenopausale Osteoporose
   F32.9|DEP|Depressive Episode, nicht näher bezeichnet
   K21.9|REFL|Gastroösophageale Refluxkrankheit
   N18.3|CNI|Chronische Nierenkrankheit, Stadium 3
   G43.9|MIG|Migräne, nicht näher bezeichnet
   R51|KOPF|Kopfschmerz`,
)
export const drugs = concepts(
  systems.rxnorm,
  `860975|METF500|Metformin hydrochloride 500 MG extended release tablet
   314076|LISI10|Lisinopril 10 MG oral tablet
   617310|ATOR20|Atorvastatin 20 MG oral tablet
   197361|AMLO5|Amlodipine 5 MG oral tablet
   313782|PARA325|Acetaminophen 325 MG oral tablet
   308136|AMLO25|Amlodipine 2.5 MG oral tablet
   312961|SIMV20|Simvastatin 20 MG oral tablet
   855332|WARF5|Warfarin sodium 5 MG oral tablet`,
)
export const substances = concepts(
  systems.atc,
  `A10BA02|METF|Metformin
   C09AA02|ENAL|Enalapril
   C10AA05|ATOR|Atorvastatin
   C08CA01|AMLO|Amlodipin
   N02BE01|PARA|Paracetamol
   B01AA04|PHEN|Phenprocoumon
   H03AA01|LTHY|Levothyroxin-Natrium
   R03AC02|SALB|Salbutamol, Dosieraerosol für Notfälle`,
)
export const allergens = concepts(
  systems.snomed,
  `91936005|PEN|Allergy to penicillin
   91935009|NUT|Allergy to peanut
   300916003|LAT|Latex allergy
   293586001|ASA|Allergy to aspirin
   91937001|SEAF|Allergy to seafood
   91930004|EGG|Allergy to egg protein`,
)
export const noneKnown: Concept = { system: systems.snomed, code: '716186003', local: 'NKA', words: 'No known allergy' }
export const reactions = concepts(
  systems.snomed,
  `247472004|hives|Wheal
   271807003|rash|Eruption of skin
   39579001|shock|Anaphylaxis`,
)
export const vaccines = concepts(
  systems.cvx,
  `140|FLU|Influenza, seasonal, injectable, preservative free
   115|TDAP|Tdap
   33|PPV23|Pneumococcal polysaccharide PPV23
   213|COV|SARS-COV-2 (COVID-19) vaccine, unspecified
   43|HEPB|Hep B, adult
   03|MMR|MMR`,
)
export const procedures = concepts(
  systems.snomed,
  `80146002|APPX|Appendectomy
   73761001|COLO|Colonoscopy
   29303009|ECG|Electrocardiographic procedure
   268400002|EKG12|12 lead electrocardiogram
   274474001|FRAC|Bone immobilization
   430193006|MREC|Medication reconciliation`,
)
