/** What the name of a column says: its words, whether it begins or ends something, whether it names a person, a code or free text. */

/** Words that names are glued from. */
const glued =
  /(start|stop|begin|end|birth|death|service|billed|from|to|effective|admission|discharge|onset|resolved|reason|first|last|middle|patient|encounter|visit)(date|time|day|year|datetime|code|name|desc(?:ription)?|id|no)(?=$|_|\d)/g

/** `conditionStartDate`, `CONDITION_START_DATE` and `condition start date` as the same words; digits at the end stay with theirs. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(glued, '$1_$2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

const starts = new Set([
  'start',
  'started',
  'begin',
  'began',
  'from',
  'onset',
  'admit',
  'admitted',
  'admission',
  'effective',
  'opened',
])
const stops = new Set([
  'stop',
  'stopped',
  'end',
  'ended',
  'to',
  'until',
  'thru',
  'through',
  'resolved',
  'abatement',
  'discharge',
  'discharged',
  'finished',
  'closed',
])

/** What remains of a name of a beginning, so that the name of its end can be found; null for other names. */
export function startOf(name: string): string | null {
  return without(name, starts)
}

export function stopOf(name: string): string | null {
  return without(name, stops)
}

function without(name: string, marks: ReadonlySet<string>): string | null {
  const words = wordsOf(name)
  return words.some((word) => marks.has(word)) ? words.filter((word) => !marks.has(word)).join(' ') : null
}

export function isBirth(name: string): boolean {
  return /birth_?(date|day|time|dt|datetime)?$|^dob$|date_?of_?birth|born$/i.test(name) && !/place|weight|order|sex/i.test(name)
}

export function isDeath(name: string): boolean {
  return /death_?(date|day|time|dt|datetime)?$|^dod$|date_?of_?death|deceased_?(date|time)?$|died$/i.test(name)
}

const personal = new Set([
  ...[
    'name',
    'first',
    'last',
    'middle',
    'given',
    'family',
    'surname',
    'maiden',
    'firstname',
    'lastname',
    'owner',
    'ownername',
    'contact',
  ],
  ...['address', 'street', 'city', 'town', 'county', 'birthplace', 'phone', 'telephone', 'mobile', 'fax', 'email', 'url'],
])
const freeText = new Set([
  'comment',
  'comments',
  'note',
  'notes',
  'text',
  'remark',
  'remarks',
  'narrative',
  'details',
  'description',
  'desc',
])

/** True for columns whose values are people, places and free text: what happens to be in an extract is no list of what there may be. */
export function isOpenText(name: string): boolean {
  const words = wordsOf(name).map((word) => word.replace(/\d+$/, ''))
  return words.some((word) => personal.has(word) || freeText.has(word) || word.endsWith('description'))
}

export function isFamilyName(name: string): boolean {
  return /^(last|family|sur|maiden|second)_?(name)?$|surname/i.test(name)
}

export function isGivenName(name: string): boolean {
  return /^(first|given|fore|middle)_?(name)?$|forename/i.test(name)
}

/** The names of a code and of the words for it belong together: `REASONCODE` and `REASONDESCRIPTION`, `drug_code` and `drug_name`. */
export function codeStem(name: string): string | null {
  const words = wordsOf(name.replace(/code(?=\d*$)/i, '_code'))
  const at = words.findIndex((word) => /^(code|cd)\d*$/.test(word))
  return at < 0 ? null : stem(words, at)
}

export function wordingStem(name: string): string | null {
  const words = wordsOf(name.replace(/(description|desc|display|name|label|term)(?=\d*$)/i, '_$1'))
  const at = words.findIndex((word) => /^(description|desc|display|name|label|term|text)\d*$/.test(word))
  return at < 0 ? null : stem(words, at)
}

function stem(words: readonly string[], at: number): string {
  const number = /\d+$/.exec(words[at] ?? '')?.[0] ?? ''
  return [...words.slice(0, at), ...words.slice(at + 1), number].filter((word) => word !== '').join(' ')
}

export function isSex(name: string): boolean {
  return /^(birth_?|administrative_?|patient_?)?(sex|gender)(_?(code|cd|name|concept_id))?$/i.test(name)
}

export function isPostcode(name: string): boolean {
  return /(^|[_ .-])(zip|plz|postal|postcode|postleitzahl)(_?code)?\d*$|^post_?code$/i.test(name)
}

export function isUnit(name: string): boolean {
  return /(^|_)units?(_|$)|^uom$|unit_?(name|code|of_?measure|source_?value)?$/i.test(name)
}

export function isValue(name: string): boolean {
  return /^(value|result|val|obs_?value|numeric_?value|result_?value|value_?as_?number|value_?num(eric)?|measurement|reading)$/i.test(
    name,
  )
}

/** Numbers of one kind, of which one may bound another: amounts of money and limits. */
export function isAmount(name: string): boolean {
  return /cost|amount|price|charge|paid|payment|coverage|expense|total|fee|reimburse/i.test(name)
}

/** True for columns of codes of a vocabulary: `CODE`, `drug_concept_id`, `DIAGNOSIS1`. */
export function isCodeName(name: string): boolean {
  return codeStem(name) !== null || /concept|snomed|loinc|rxnorm|icd|diagnos|procedure|reason|reaction/i.test(name)
}

/** Columns of codes and identifiers are mostly digits by chance; one with a letter is no wrong number. */
const identifier =
  /(^|[_ .-])(id|uuid|key|mrn|number|num|no|nr|zip|plz|phone|tel|lot|room|bed|ssn|npi|loinc|snomed|icd|cvx|ndc|cpt|rxnorm)\d*$|[a-z](No|Nr|Number)$|(code|zip|phone|ssn)\d*$/i
/** Names of capitals alone are glued: `PATIENTID` is an identifier, `PAID` is not. */
const gluedIdentifier =
  /(^[a-z]|patient|person|provider|encounter|visit|claim|type|department|insurance|payer|member|user|staff|org|organi[sz]ation|location|order|appointment|transaction|charge|place|site|procedure|note|episode|row|record|case|event|subject|stay|item|concept)id\d*$/i
const camelIdentifier = /[a-z]I[dD]\d*$/

export function isIdentifierName(field: string): boolean {
  return identifier.test(field) || gluedIdentifier.test(field) || camelIdentifier.test(field)
}
