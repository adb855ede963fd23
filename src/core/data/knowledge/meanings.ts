/** What a name of a table, column or element speaks of, whichever system it comes from: a start, a code, the patient. */

/** Words per meaning, each a sequence of words; the first meaning that fits wins. Abbreviations stand beside the words they are used for. */
const columnWords: readonly (readonly [meaning: string, phrases: string])[] = [
  ['birth', 'birth|dob|born|birth day|day of birth'],
  ['birth-year', 'year of birth|birth year'],
  ['birth-month', 'month of birth|birth month'],
  ['birth-day', 'day of birth number'],
  ['birthplace', 'birthplace|birth place|place of birth'],
  ['death', 'death|dod|deceased|died|expire'],
  ['gender', 'gender|sex|birth sex|administrative gender'],
  ['race', 'race'],
  ['ethnicity', 'ethnicity|ethnic group|ethnic'],
  ['marital', 'marital|marital status|civil status'],
  ['language', 'language|lang|preferred language|communication language'],
  ['first', 'first|given|fname|first name|given name|forename|name given'],
  ['middle', 'middle|middle name|mname'],
  ['last', 'last|family|lname|surname|last name|family name|name family'],
  ['maiden', 'maiden|maiden name|mothers maiden name'],
  ['prefix', 'prefix|name prefix|salutation'],
  ['suffix', 'suffix|name suffix'],
  ['ssn', 'ssn|ss|social security|social security number|national id'],
  ['drivers', 'drivers|drivers license|driver license|license'],
  ['passport', 'passport'],
  ['phone', 'phone|telephone|tel|telecom phone|phone home|home phone|mobile|telecom'],
  ['email', 'email|e mail|mail'],
  ['line', 'address|street|line|address line|addr|address 1|address1|street address|address street'],
  ['line2', 'address 2|address2|line 2'],
  ['city', 'city|town|address city'],
  ['state', 'state|province|address state|state province'],
  ['county', 'county|district|address district'],
  ['zip', 'zip|zipcode|zip code|postal|postal code|postcode|address postal code|address postal'],
  ['country', 'country|address country|country code'],
  ['lat', 'lat|latitude'],
  ['lon', 'lon|lng|longitude'],
  ['patient', 'patient|person|subject|pid|pat|pt|mrn|client|beneficiary'],
  ['encounter', 'encounter|visit|visit occurrence|hadm|admission|stay|csn|pat enc csn|enc|episode'],
  ['provider', 'provider|practitioner|clinician|doctor|physician|performer|prescriber|attending|caregiver|requester'],
  ['organization', 'organization|organisation|facility|hospital|care site|service provider|managing organization'],
  ['location', 'location'],
  ['payer', 'payer|insurer'],
  ['reason-code', 'reason|reason code|reason code coding|indication|reason source'],
  ['reason-text', 'reason description|reason text|reason code text'],
  [
    'code',
    'code|cd|concept|source|code coding|icd|icd9|icd10|ndc|loinc|snomed|cvx|rxnorm|medication codeable|vaccine code|test code|item|procedure code|diagnosis code|drug code',
  ],
  [
    'description',
    'description|desc|descr|name|title|label|display|term|text|code text|long title|vaccine code text|medication codeable text|type text|code coding display',
  ],
  ['system', 'system|code system|vocabulary|icd version|coding system'],
  ['start', 'start|begin|beg|from|onset|admit|period start|performed period start|effective start|valid from'],
  ['end', 'stop|end|to|until|discharge|disch|resolved|resolution|abatement|out|period end|performed period end|valid to'],
  ['recorded', 'recorded|entered|entry|created|noted|store|record'],
  ['value', 'value|val|result|valuenum|value num|value quantity value|reading|value number|value as number|value numeric'],
  ['value-text', 'value string|value text|value as string|value codeable text'],
  ['unit', 'unit|units|uom|valueuom|value uom|value quantity unit|unit of measure|unit source'],
  ['low', 'range low|ref range lower|reference range low value|ref low|low|reference low'],
  ['high', 'range high|ref range upper|reference range high value|ref high|high|reference high'],
  ['status', 'status|clinical status|state of'],
  ['category', 'category|cat'],
  ['class', 'class|encounter class|visit class|patient class'],
  ['type', 'type|kind'],
  ['severity', 'severity|criticality'],
  ['quantity', 'quantity|qty|amount|dispense|dispenses|dispense request quantity value|count'],
  ['refills', 'refills|refill|number of repeats allowed'],
  ['sig', 'sig|instruction|instructions|dosage|dosage instruction text|directions'],
  ['dose', 'dose|dose quantity value|dose val rx|dose value'],
  ['dose-unit', 'dose unit|dose quantity unit|dose unit rx'],
  ['route', 'route|dosage instruction route|route of administration'],
  ['frequency', 'frequency|freq'],
  ['note', 'note|notes|comment|comments|remark|note text'],
  ['lot', 'lot|lot number|batch'],
  ['manufacturer', 'manufacturer|mfr'],
  ['expiry', 'expiration|expiry|expiration date'],
  ['udi', 'udi|unique device|udi carrier carrier hrf|carrier hrf'],
  ['modality', 'modality|modality code|series modality'],
  ['body-site', 'body site|bodysite|bodysite code|body site code|series body site'],
  ['reaction', 'reaction|manifestation|reaction manifestation'],
  ['series', 'series|series uid|series uid uid'],
  ['instance', 'instance|instance uid|series instance uid'],
  ['sop', 'sop|sop code|sop class|series instance sop class'],
  ['speciality', 'speciality|specialty|qualification'],
  ['total-cost', 'total cost|total|total claim cost|total charge|total value'],
  ['npi', 'npi'],
  [
    'date',
    'date|when|effective|occurrence|performed|given|administered|observed|obs|chart|collected|service|contact|authored|ordered|order|prescribed|issued|started|event|measured|taken',
  ],
]

/** Words per kind of record, for tables and resource types. */
const tableWords: readonly (readonly [concept: string, phrases: string])[] = [
  ['payer-plan', 'payer transition|payer plan period|coverage|insurance|payer plan|policy|enrollment'],
  ['claim-line', 'claim transaction|claim line|claim item|transaction'],
  ['claim', 'claim|bill|billing|invoice'],
  ['observation-period', 'observation period'],
  ['careplan', 'care plan|careplan|plan of care'],
  ['careteam', 'care team'],
  ['immunization', 'immunization|immunisation|vaccination|vaccine|shot'],
  ['allergy', 'allergy|intolerance|allergy intolerance|adverse reaction'],
  ['condition', 'condition|problem|diagnosis|dx|disorder|issue|problem list|condition occurrence|diagnose'],
  ['administration', 'medication administration|drug administration|emar|mar'],
  ['drug', 'medication|drug|prescription|med|rx|medication request|drug exposure|medication order|medication statement'],
  ['procedure', 'procedure|surgery|operation|procedure occurrence|intervention'],
  ['imaging', 'imaging|imaging study|radiology|image'],
  ['report', 'diagnostic report|report'],
  ['note', 'note|document|document reference|letter'],
  ['measurement', 'measurement|lab|laboratory|vital|vital sign|lab event|chart event|lab result|result'],
  ['observation', 'observation|obs|finding|survey'],
  ['device', 'device|implant|device exposure'],
  ['supply', 'supply|supply delivery|supply request'],
  ['encounter', 'encounter|visit|admission|visit occurrence|stay|hospitalization|pat enc'],
  ['appointment', 'appointment|booking|schedule'],
  ['death', 'death'],
  ['provider', 'provider|practitioner|clinician|doctor|physician|staff|caregiver'],
  ['organization', 'organization|organisation|facility|hospital|care site|clinic'],
  ['location', 'location|ward|room|place'],
  ['payer', 'payer|insurer'],
  ['patient', 'patient|person|people|demographic|pat|patient data|client'],
]

/** Kinds that stand in where a target has none of the wanted one. */
export const standIns: ReadonlyMap<string, readonly string[]> = new Map([
  ['immunization', ['drug']],
  ['allergy', ['observation']],
  ['observation', ['measurement']],
  ['measurement', ['observation']],
  ['supply', ['device']],
  ['administration', ['drug']],
  ['organization', []],
  ['imaging', ['procedure']],
])

interface Phrase {
  readonly meaning: string
  readonly words: string
}

const phrasesOf = (list: readonly (readonly [string, string])[]): readonly Phrase[] =>
  list.flatMap(([meaning, phrases]) => phrases.split('|').map((words) => ({ meaning, words })))

const columnPhrases = new Map(phrasesOf(columnWords).map(({ meaning, words }) => [words, meaning]))
const tablePhrases = new Map(phrasesOf(tableWords).map(({ meaning, words }) => [words, meaning]))

/** Words that names run together: `REASONDESCRIPTION`, `encounterclass`. */
const known: ReadonlySet<string> = new Set(
  [...columnPhrases.keys(), ...tablePhrases.keys()]
    .flatMap((words) => words.split(' '))
    .filter((word) => word.length > 2)
    .concat([
      'date',
      'time',
      'datetime',
      'id',
      'cost',
      'base',
      'claim',
      'coverage',
      'year',
      'month',
      'member',
      'number',
      'primary',
      'secondary',
      'department',
      'place',
      'uid',
      'source',
    ]),
)

const opened: ReadonlyMap<string, string> = new Map(
  Object.entries({
    nm: 'name',
    ph: 'phone',
    nbr: 'number',
    nr: 'number',
    yr: 'year',
    dte: 'date',
    stat: 'status',
    typ: 'type',
    prov: 'provider',
    org: 'organization',
    loc: 'location',
    proc: 'procedure',
    diag: 'diagnosis',
    vis: 'visit',
    med: 'medication',
    imm: 'immunization',
    vacc: 'vaccine',
  }),
)

/** Words of a name in small letters, cut at case, signs and known words. */
export function nameWords(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Za-z]{2,})(\d+)/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .flatMap((word) => cut(word) ?? [word])
    .map((word) => opened.get(word) ?? singular(word))
}

function singular(word: string): string {
  if (word.length < 4 || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is'))
    return word === 'diagnoses' ? 'diagnosis' : word
  if (known.has(word)) return word
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.endsWith('s') ? word.slice(0, -1) : word
}

/** The word as known words, few and long; null where it is none of them. */
function cut(word: string): string[] | null {
  if (word.length < 5 || known.has(word) || known.has(singular(word))) return null
  const best: (string[] | null)[] = [[]]
  for (let end = 1; end <= word.length; end++) {
    best[end] = null
    for (let from = 0; from < end; from++) {
      const before = best[from]
      const part = word.slice(from, end)
      if (!before || !known.has(part)) continue
      const parts = [...before, part]
      if (!best[end] || parts.length < (best[end]?.length ?? 0)) best[end] = parts
    }
  }
  return best[word.length] ?? null
}

const dateWords: ReadonlySet<string> = new Set(['date', 'time', 'datetime', 'dt', 'ts', 'timestamp', 'dttm', 'tm', 'day', 'year'])
const keyWords: ReadonlySet<string> = new Set([
  'id',
  'key',
  'ref',
  'reference',
  'number',
  'no',
  'num',
  'fk',
  'uuid',
  'sk',
  'uid',
  'identifier',
])

/** Kinds of record whose subject is a code with its words. */
const codedConcepts: ReadonlySet<string> = new Set(
  'drug condition procedure allergy immunization measurement observation device supply'.split(' '),
)

export interface Meaning {
  /** Empty where the name says nothing. */
  readonly name: string
  /** 1 for the whole name, less where words are left over. */
  readonly certainty: number
}

/** @param table words of its table, which names of columns repeat: `condition_start_date` */
export function columnMeaning(name: string, table = ''): Meaning {
  const concept = table === '' ? '' : tableConcept(table)
  // `REACTION2` is the second of several; address lines and codes of their own keep their number.
  const counted = nameWords(name)
  const named =
    counted.length > 1 && /^\d$/.test(counted.at(-1) ?? '') && !columnPhrases.has(counted.join(' '))
      ? counted.slice(0, -1)
      : counted
  // Other words for what the table holds say no more than its name: `dx` among problems.
  const own = [...nameWords(table), ...named.filter((word) => concept !== '' && tablePhrases.get(word) === concept)]
  // `drug_source_value` is the drug as the source had it.
  const isSource = named.at(-2) === 'source' && named.at(-1) === 'value'
  const all = isSource ? named.slice(0, -2) : named
  if (isSource && all.every((word) => own.includes(word))) return { name: 'source', certainty: 1 }
  // `visit_occurrence_id` of that table is its id, of any other one a link.
  const isOwnId = own.length > 0 && all.every((word) => own.includes(word) || keyWords.has(word))
  if (isOwnId && all.some((word) => keyWords.has(word))) return { name: 'id', certainty: 1 }
  const within = all.filter((word) => !own.includes(word))
  if (within.length === 0 && !isSource && codedConcepts.has(concept)) return { name: 'description', certainty: 0.9 }
  for (const list of [all, ...(within.length > 0 && within.length < all.length ? [within] : [])]) {
    const found = meaningOf(list)
    if (found.certainty >= 0.9) return found
  }
  return meaningOf(within.length > 0 ? within : all)
}

function meaningOf(list: readonly string[]): Meaning {
  const isDate = list.some((word) => dateWords.has(word))
  const undated = list.filter((word) => !dateWords.has(word))
  const phrase = columnPhrases.get(list.join(' '))
  if (phrase !== undefined && !(isDate && undated.length > 0)) return { name: phrase, certainty: 1 }
  if (isDate && undated.length === 0) return { name: 'date', certainty: 1 }
  if (isDate) {
    const dated = columnPhrases.get(undated.join(' '))
    if (dated !== undefined && ['start', 'end', 'birth', 'death', 'recorded', 'date', 'expiry'].includes(dated))
      return { name: dated, certainty: 1 }
    return { name: '', certainty: 0 }
  }
  const unkeyed = list.filter((word) => !keyWords.has(word))
  if (unkeyed.length === 0) return { name: 'id', certainty: 1 }
  const keyed = columnPhrases.get(unkeyed.join(' '))
  if (keyed !== undefined) return { name: keyed, certainty: unkeyed.length === list.length ? 1 : 0.95 }
  return { name: '', certainty: 0 }
}

const tableNoise: ReadonlySet<string> = new Set('tbl table data extract export hosp icu v dim fact history list'.split(' '))

export interface TableMeaning {
  /** Empty where the name says nothing. */
  readonly concept: string
  /** Words that say something else, such as the detail in “visit detail”. */
  readonly left: number
}

/** The kind of record that a table or a resource type holds. */
export function tableMeaning(name: string): TableMeaning {
  const list = nameWords(name).filter((word) => !tableNoise.has(word))
  for (let length = list.length; length > 0; length--)
    for (let from = 0; from + length <= list.length; from++) {
      const concept = tablePhrases.get(list.slice(from, from + length).join(' '))
      if (concept !== undefined) return { concept, left: list.length - length }
    }
  return { concept: '', left: list.length }
}

export const tableConcept = (name: string): string => tableMeaning(name).concept

/** Kinds of record that others name: what the source had for them is their key, for any other it is their code. */
export const namedConcepts: ReadonlySet<string> = new Set([
  'patient',
  'encounter',
  'provider',
  'organization',
  'location',
  'payer',
])

/** Where an element of FHIR R4 has another name than what it says, or several say the same: the one that is meant first. */
export const fhirElements: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Patient: {
    id: 'identifier.value',
    birth: 'birthDate',
    death: 'deceasedDateTime',
    gender: 'gender',
    first: 'name.given',
    last: 'name.family',
    prefix: 'name.prefix',
    suffix: 'name.suffix',
    marital: 'maritalStatus',
    line: 'address.line',
    city: 'address.city',
    state: 'address.state',
    county: 'address.district',
    zip: 'address.postalCode',
    country: 'address.country',
    phone: 'telecom.value',
  },
  Encounter: {
    patient: 'subject',
    code: 'type',
    description: 'type.text',
    class: 'class',
    start: 'period.start',
    end: 'period.end',
    'reason-code': 'reasonCode',
    'reason-text': 'reasonCode.text',
    provider: 'participant.individual',
    organization: 'serviceProvider',
    status: 'status',
    id: 'identifier.value',
  },
  Condition: {
    patient: 'subject',
    encounter: 'encounter',
    code: 'code',
    description: 'code.text',
    start: 'onsetDateTime',
    date: 'recordedDate',
    recorded: 'recordedDate',
    end: 'abatementDateTime',
    status: 'clinicalStatus',
    severity: 'severity',
    note: 'note.text',
  },
  AllergyIntolerance: {
    patient: 'patient',
    encounter: 'encounter',
    code: 'code',
    description: 'code.text',
    start: 'onsetDateTime',
    date: 'recordedDate',
    recorded: 'recordedDate',
    type: 'type',
    category: 'category',
    status: 'clinicalStatus',
    note: 'note.text',
    severity: 'reaction.severity',
    reaction: 'reaction.manifestation',
  },
  MedicationRequest: {
    patient: 'subject',
    encounter: 'encounter',
    code: 'medicationCodeableConcept',
    description: 'medicationCodeableConcept.text',
    start: 'authoredOn',
    date: 'authoredOn',
    'reason-code': 'reasonCode',
    'reason-text': 'reasonCode.text',
    status: 'status',
    sig: 'dosageInstruction.text',
    provider: 'requester',
    quantity: 'dispenseRequest.quantity.value',
    refills: 'dispenseRequest.numberOfRepeatsAllowed',
    end: 'dispenseRequest.validityPeriod.end',
  },
  Immunization: {
    patient: 'patient',
    encounter: 'encounter',
    code: 'vaccineCode',
    description: 'vaccineCode.text',
    date: 'occurrenceDateTime',
    start: 'occurrenceDateTime',
    lot: 'lotNumber',
    expiry: 'expirationDate',
    status: 'status',
    note: 'note.text',
  },
  Procedure: {
    patient: 'subject',
    encounter: 'encounter',
    code: 'code',
    description: 'code.text',
    start: 'performedPeriod.start',
    end: 'performedPeriod.end',
    date: 'performedDateTime',
    'reason-code': 'reasonCode',
    'reason-text': 'reasonCode.text',
    status: 'status',
    note: 'note.text',
  },
  Observation: {
    patient: 'subject',
    encounter: 'encounter',
    code: 'code',
    description: 'code.text',
    date: 'effectiveDateTime',
    start: 'effectiveDateTime',
    category: 'category',
    value: 'valueQuantity.value',
    'value-text': 'valueString',
    unit: 'valueQuantity.unit',
    low: 'referenceRange.low.value',
    high: 'referenceRange.high.value',
    status: 'status',
    note: 'note.text',
    recorded: 'issued',
  },
  CarePlan: {
    patient: 'subject',
    encounter: 'encounter',
    start: 'period.start',
    end: 'period.end',
    code: 'category',
    description: 'category.text',
    'reason-code': 'addresses',
  },
  Device: {
    patient: 'patient',
    code: 'type',
    description: 'type.text',
    udi: 'udiCarrier.carrierHRF',
    lot: 'lotNumber',
    expiry: 'expirationDate',
  },
  ImagingStudy: {
    patient: 'subject',
    encounter: 'encounter',
    date: 'started',
    start: 'started',
    code: 'procedureCode',
    series: 'series.uid',
    modality: 'series.modality',
    'body-site': 'series.bodySite',
    instance: 'series.instance.uid',
    sop: 'series.instance.sopClass',
  },
  Claim: {
    patient: 'patient',
    provider: 'provider',
    start: 'billablePeriod.start',
    end: 'billablePeriod.end',
    date: 'created',
    encounter: 'item.encounter',
  },
  Coverage: { patient: 'beneficiary', start: 'period.start', end: 'period.end', payer: 'payor' },
  Practitioner: {
    id: 'identifier.value',
    gender: 'gender',
    first: 'name.given',
    last: 'name.family',
    description: 'name.text',
    line: 'address.line',
    city: 'address.city',
    state: 'address.state',
    zip: 'address.postalCode',
  },
  Organization: {
    id: 'identifier.value',
    description: 'name',
    phone: 'telecom.value',
    line: 'address.line',
    city: 'address.city',
    state: 'address.state',
    zip: 'address.postalCode',
  },
  Location: {
    id: 'identifier.value',
    description: 'name',
    line: 'address.line',
    city: 'address.city',
    state: 'address.state',
    zip: 'address.postalCode',
  },
  DocumentReference: {
    patient: 'subject',
    date: 'date',
    description: 'type.text',
    code: 'type',
    note: 'content.attachment.data',
  },
  DiagnosticReport: {
    patient: 'subject',
    encounter: 'encounter',
    code: 'code',
    description: 'code.text',
    date: 'effectiveDateTime',
    recorded: 'issued',
  },
  Appointment: { start: 'start', end: 'end', status: 'status', description: 'description' },
  MedicationAdministration: {
    patient: 'subject',
    encounter: 'context',
    code: 'medicationCodeableConcept',
    description: 'medicationCodeableConcept.text',
    date: 'effectiveDateTime',
    start: 'effectivePeriod.start',
    end: 'effectivePeriod.end',
    dose: 'dosage.dose.value',
    'dose-unit': 'dosage.dose.unit',
    route: 'dosage.route',
  },
  MedicationStatement: {
    patient: 'subject',
    encounter: 'context',
    code: 'medicationCodeableConcept',
    description: 'medicationCodeableConcept.text',
    date: 'effectiveDateTime',
    start: 'effectivePeriod.start',
    end: 'effectivePeriod.end',
  },
}

/** Resource types by the kind of record, for targets that hold nothing yet. */
export const fhirTypes: ReadonlyMap<string, string> = new Map([
  ['patient', 'Patient'],
  ['encounter', 'Encounter'],
  ['condition', 'Condition'],
  ['allergy', 'AllergyIntolerance'],
  ['drug', 'MedicationRequest'],
  ['administration', 'MedicationAdministration'],
  ['immunization', 'Immunization'],
  ['procedure', 'Procedure'],
  ['observation', 'Observation'],
  ['measurement', 'Observation'],
  ['careplan', 'CarePlan'],
  ['device', 'Device'],
  ['imaging', 'ImagingStudy'],
  ['claim', 'Claim'],
  ['payer-plan', 'Coverage'],
  ['provider', 'Practitioner'],
  ['organization', 'Organization'],
  ['location', 'Location'],
  ['note', 'DocumentReference'],
  ['report', 'DiagnosticReport'],
  ['appointment', 'Appointment'],
])
