/** How alike two names of columns are: words cut at case and punctuation, abbreviations opened, then compared as sets and by letters. */

/** Short forms that legacy columns are full of; only for suggestions, which a person reads. */
const opened: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dob: 'birth date',
    bday: 'birth date',
    birthdate: 'birth date',
    birthday: 'birth date',
    nm: 'name',
    lname: 'family name',
    fname: 'given name',
    last: 'family',
    first: 'given',
    surname: 'family name',
    mrn: 'identifier value',
    id: 'identifier',
    no: 'identifier',
    num: 'identifier',
    sex: 'gender',
    tel: 'telecom',
    phone: 'telecom phone',
    addr: 'address',
    zip: 'postal code',
    zipcode: 'postal code',
    postcode: 'postal code',
    dt: 'date',
    tm: 'time',
    cd: 'code',
    descr: 'text',
    desc: 'text',
    description: 'text',
    dx: 'condition',
    rx: 'medication',
    med: 'medication',
    drug: 'medication',
    imm: 'immunization',
    enc: 'encounter',
    visit: 'encounter',
    prov: 'practitioner',
    provider: 'practitioner',
    freq: 'timing frequency',
    qty: 'quantity',
    amt: 'amount',
    val: 'value',
    onset: 'onset',
    start: 'start',
    stop: 'end',
    stat: 'status',
    lot: 'lot number',
    site: 'location',
    pt: 'patient',
    pat: 'patient',
    person: 'patient',
  }),
)

export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => (opened.get(word) ?? opened.get(word.replace(/\d+$/, '')) ?? word).split(' '))
    .filter((word) => word !== '')
}

/** 0 to 1: shared words weigh most, letters decide between names that share none. */
export function nameLikeness(a: string, b: string): number {
  const [left, right] = [new Set(wordsOf(a)), new Set(wordsOf(b))]
  if (left.size === 0 || right.size === 0) return 0
  const shared = [...left].filter((word) => right.has(word)).length
  const sets = shared / Math.min(left.size, right.size) - 0.05 * Math.abs(left.size - right.size)
  const letters = trigramLikeness([...left].join(' '), [...right].join(' '))
  return Math.max(0, Math.min(1, shared > 0 ? 0.75 * sets + 0.25 * letters : 0.6 * letters))
}

/** Dice coefficient of three-letter pieces. */
export function trigramLikeness(a: string, b: string): number {
  const [left, right] = [trigrams(a), trigrams(b)]
  const shared = [...left].filter((one) => right.has(one)).length
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size)
}

function trigrams(text: string): Set<string> {
  const padded = `  ${text} `
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, i) => padded.slice(i, i + 3)))
}
