/** The part of UCUM that clinical tables use: prefixes, common atoms, products, quotients, exponents and annotations, as a factor and dimensions. */

export interface Unit {
  /** Value in base units = factor × value + offset. */
  readonly factor: number
  readonly offset: number
  /** Exponents of the base units, e.g. `g1 L-1`; equal texts can be converted into each other. */
  readonly dimension: string
}

const prefixes: Readonly<Record<string, number>> = {
  k: 1e3,
  h: 1e2,
  da: 1e1,
  d: 1e-1,
  c: 1e-2,
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  p: 1e-12,
  f: 1e-15,
  M: 1e6,
  G: 1e9,
}

interface Atom {
  readonly factor: number
  readonly base: string
  readonly exponent?: number
  readonly metric?: boolean
  readonly offset?: number
}

/** UCUM codes, case-sensitive; lengths in metres, mass in grams, volume in litres, time in seconds. */
const atoms: Readonly<Record<string, Atom>> = {
  m: { factor: 1, base: 'm', metric: true },
  g: { factor: 1, base: 'g', metric: true },
  L: { factor: 1, base: 'L', metric: true },
  l: { factor: 1, base: 'L', metric: true },
  s: { factor: 1, base: 's', metric: true },
  mol: { factor: 1, base: 'mol', metric: true },
  eq: { factor: 1, base: 'eq', metric: true },
  osm: { factor: 1, base: 'osm', metric: true },
  U: { factor: 1, base: 'U', metric: true },
  kat: { factor: 6e7, base: 'U', metric: true },
  '[IU]': { factor: 1, base: 'IU', metric: true },
  '[iU]': { factor: 1, base: 'IU', metric: true },
  Pa: { factor: 1, base: 'Pa', metric: true },
  'm[Hg]': { factor: 133_322, base: 'Pa', metric: true },
  J: { factor: 1, base: 'J', metric: true },
  cal: { factor: 4.184, base: 'J', metric: true },
  Cel: { factor: 1, base: 'Cel' },
  '[degF]': { factor: 5 / 9, base: 'Cel', offset: -160 / 9 },
  K: { factor: 1, base: 'Cel', offset: -273.15 },
  '[lb_av]': { factor: 453.59237, base: 'g' },
  '[oz_av]': { factor: 28.349523125, base: 'g' },
  '[in_i]': { factor: 0.0254, base: 'm' },
  '[ft_i]': { factor: 0.3048, base: 'm' },
  min: { factor: 60, base: 's' },
  h: { factor: 3600, base: 's' },
  d: { factor: 86_400, base: 's' },
  wk: { factor: 604_800, base: 's' },
  mo: { factor: 2_629_800, base: 's' },
  a: { factor: 31_557_600, base: 's' },
  '%': { factor: 0.01, base: '' },
  '1': { factor: 1, base: '' },
  '[pH]': { factor: 1, base: 'pH' },
  '10*3': { factor: 1e3, base: '' },
  '10*6': { factor: 1e6, base: '' },
  '10*9': { factor: 1e9, base: '' },
  '10*12': { factor: 1e12, base: '' },
}

/** Spellings that systems write instead of the UCUM code. */
const spellings: Readonly<Record<string, string>> = {
  mmHg: 'mm[Hg]',
  'mm Hg': 'mm[Hg]',
  bpm: '/min',
  'beats/min': '/min',
  'breaths/min': '/min',
  lb: '[lb_av]',
  lbs: '[lb_av]',
  in: '[in_i]',
  inches: '[in_i]',
  '°C': 'Cel',
  C: 'Cel',
  degC: 'Cel',
  '°F': '[degF]',
  F: '[degF]',
  mcg: 'ug',
  µg: 'ug',
  cc: 'mL',
  'mEq/L': 'meq/L',
  'IU/L': '[IU]/L',
  hr: 'h',
  sec: 's',
  kgs: 'kg',
  percent: '%',
}

/** Null for a text that is no unit of this part of UCUM. */
export function unitOf(text: string): Unit | null {
  const plain = text.trim()
  const code = Object.hasOwn(spellings, plain) ? (spellings[plain] ?? plain) : plain
  if (code === '' || code.length > 60) return null
  let factor = 1
  let offset = 0
  const exponents = new Map<string, number>()
  const parts = code.replace(/\{[^{}]*\}/g, '{}').split(/(?=[./])/)
  for (const [index, part] of parts.entries()) {
    const sign = part.startsWith('/') ? -1 : 1
    const term = part.replace(/^[./]/, '').replaceAll('{}', '')
    if (term === '') {
      if (index === 0 && parts.length > 1 && part === '') continue
      if (part.includes('{}') || (index === 0 && code.startsWith('/'))) continue
      return null
    }
    const found = termOf(term)
    if (!found) return null
    const exponent = sign * (found.exponent ?? 1)
    factor *= found.factor ** exponent
    if (found.offset !== undefined) {
      if (parts.length > 1) return null
      offset = found.offset
    }
    if (found.base !== '') exponents.set(found.base, (exponents.get(found.base) ?? 0) + exponent)
  }
  const dimension = [...exponents]
    .filter(([, n]) => n !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([base, n]) => `${base}${n}`)
    .join(' ')
  return { factor, offset, dimension }
}

function termOf(term: string): Atom | null {
  const whole = Object.hasOwn(atoms, term) ? atoms[term] : undefined
  if (whole) return whole
  const power = /^(.*?[^\d+-])([-+]?\d)$/.exec(term)
  const [name, exponent] = power ? [power[1] ?? '', Number(power[2])] : [term, 1]
  const plain = Object.hasOwn(atoms, name) ? atoms[name] : undefined
  if (plain && plain.offset === undefined) return { ...plain, exponent }
  for (const [prefix, by] of Object.entries(prefixes)) {
    const atom =
      name.startsWith(prefix) && Object.hasOwn(atoms, name.slice(prefix.length)) ? atoms[name.slice(prefix.length)] : undefined
    if (atom?.metric) return { ...atom, factor: atom.factor * by, exponent }
  }
  return null
}

/** A value in another unit of the same dimension; null where the units can not be converted into each other. */
export function converted(value: number, from: Unit, to: Unit): number | null {
  return from.dimension === to.dimension ? (value * from.factor + from.offset - to.offset) / to.factor : null
}
