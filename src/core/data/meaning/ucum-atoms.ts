/** Prefixes and unit atoms of UCUM 2.1 that clinical records use, each as base units and an exact factor. */
import { type Fraction, fraction, times } from './fraction.ts'

const ten = (power: number): Fraction => (power < 0 ? fraction(1n, 10n ** BigInt(-power)) : fraction(10n ** BigInt(power)))

/** Powers of ten by prefix. */
export const prefixPowers: ReadonlyMap<string, number> = new Map(
  Object.entries({
    Y: 24,
    Z: 21,
    E: 18,
    P: 15,
    T: 12,
    G: 9,
    M: 6,
    k: 3,
    h: 2,
    da: 1,
    d: -1,
    c: -2,
    m: -3,
    u: -6,
    n: -9,
    p: -12,
    f: -15,
    a: -18,
    z: -21,
    y: -24,
  }),
)

export const prefixes: ReadonlyMap<string, Fraction> = new Map([...prefixPowers].map(([prefix, power]) => [prefix, ten(power)]))

export interface Atom {
  readonly bases: ReadonlyMap<string, number>
  readonly factor: Fraction
  readonly metric: boolean
  readonly offset?: Fraction
}

/** Decimal text as a fraction: 0.45359237 is 45359237 / 10⁸. */
function exact(text: string): Fraction {
  const [whole = '', digits = ''] = text.split('.')
  return times(fraction(BigInt(whole + digits)), ten(-digits.length))
}

/** `m3` and `g.m-1.s-2` as exponents by base. */
function basesOf(text: string): ReadonlyMap<string, number> {
  const bases = new Map<string, number>()
  for (const part of text.split('.')) {
    const found = /^([A-Za-z%]+)(-?\d+)?$/.exec(part)
    if (found) bases.set(found[1] ?? '', Number(found[2] ?? 1))
  }
  return bases
}

/** Factor and base units; a mole counts as a base unit of its own, because a count of particles is not a plain number in a record. */
const metric: Readonly<Record<string, readonly [factor: string, bases: string]>> = {
  m: ['1', 'm'],
  s: ['1', 's'],
  g: ['1', 'g'],
  rad: ['1', 'rad'],
  K: ['1', 'K'],
  C: ['1', 'C'],
  cd: ['1', 'cd'],
  mol: ['1', 'mol'],
  sr: ['1', 'rad2'],
  Hz: ['1', 's-1'],
  N: ['1000', 'g.m.s-2'],
  Pa: ['1000', 'g.m-1.s-2'],
  J: ['1000', 'g.m2.s-2'],
  W: ['1000', 'g.m2.s-3'],
  A: ['1', 'C.s-1'],
  V: ['1000', 'g.m2.s-2.C-1'],
  F: ['0.001', 'g-1.m-2.s2.C2'],
  Ohm: ['1000', 'g.m2.s-1.C-2'],
  S: ['0.001', 'g-1.m-2.s.C2'],
  T: ['1000', 'g.s-1.C-1'],
  lm: ['1', 'cd.rad2'],
  lx: ['1', 'cd.rad2.m-2'],
  Bq: ['1', 's-1'],
  Gy: ['1', 'm2.s-2'],
  Sv: ['1', 'm2.s-2'],
  Ci: ['37000000000', 's-1'],
  R: ['0.000000258', 'C.g-1'],
  L: ['0.001', 'm3'],
  l: ['0.001', 'm3'],
  bar: ['100000000', 'g.m-1.s-2'],
  'm[Hg]': ['133322000', 'g.m-1.s-2'],
  'm[H2O]': ['9806650', 'g.m-1.s-2'],
  dyn: ['0.01', 'g.m.s-2'],
  erg: ['0.0001', 'g.m2.s-2'],
  cal: ['4184', 'g.m2.s-2'],
  t: ['1000000', 'g'],
  kat: ['1', 'mol.s-1'],
  eq: ['1', 'eq'],
  osm: ['1', 'osm'],
  '[iU]': ['1', 'iU'],
  '[IU]': ['1', 'iU'],
  bit: ['1', 'bit'],
  By: ['8', 'bit'],
  Bd: ['1', 's-1'],
  'g%': ['10000', 'g.m-3'],
}

const plainAtoms: Readonly<Record<string, readonly [factor: string, bases: string]>> = {
  min: ['60', 's'],
  h: ['3600', 's'],
  d: ['86400', 's'],
  wk: ['604800', 's'],
  mo: ['2629800', 's'],
  mo_j: ['2629800', 's'],
  mo_s: ['2551442.976', 's'],
  mo_g: ['2629746', 's'],
  a: ['31557600', 's'],
  a_j: ['31557600', 's'],
  a_g: ['31556952', 's'],
  '%': ['0.01', ''],
  '10*': ['10', ''],
  '10^': ['10', ''],
  '[ppth]': ['0.001', ''],
  '[ppm]': ['0.000001', ''],
  '[ppb]': ['0.000000001', ''],
  '[in_i]': ['0.0254', 'm'],
  '[ft_i]': ['0.3048', 'm'],
  '[yd_i]': ['0.9144', 'm'],
  '[mi_i]': ['1609.344', 'm'],
  '[in_us]': ['0.025400050800101600', 'm'],
  '[ft_us]': ['0.304800609601219202', 'm'],
  '[sin_i]': ['0.00064516', 'm2'],
  '[sft_i]': ['0.09290304', 'm2'],
  '[lb_av]': ['453.59237', 'g'],
  '[oz_av]': ['28.349523125', 'g'],
  '[gr]': ['0.06479891', 'g'],
  '[dr_av]': ['1.7718451953125', 'g'],
  '[stone_av]': ['6350.29318', 'g'],
  '[lb_tr]': ['373.2417216', 'g'],
  '[oz_tr]': ['31.1034768', 'g'],
  '[gal_us]': ['0.003785411784', 'm3'],
  '[qt_us]': ['0.000946352946', 'm3'],
  '[pt_us]': ['0.000473176473', 'm3'],
  '[foz_us]': ['0.0000295735295625', 'm3'],
  '[cup_us]': ['0.0002365882365', 'm3'],
  '[tbs_us]': ['0.00001478676478125', 'm3'],
  '[tsp_us]': ['0.00000492892159375', 'm3'],
  '[cup_m]': ['0.00024', 'm3'],
  '[tbs_m]': ['0.000015', 'm3'],
  '[tsp_m]': ['0.000005', 'm3'],
  '[foz_m]': ['0.00003', 'm3'],
  '[drp]': ['0.00000005', 'm3'],
  '[lbf_av]': ['4448.2216152605', 'g.m.s-2'],
  atm: ['101325000', 'g.m-1.s-2'],
  "[in_i'Hg]": ['3386378.8', 'g.m-1.s-2'],
  "[in_i'H2O]": ['249088.91', 'g.m-1.s-2'],
  '[Cal]': ['4184000', 'g.m2.s-2'],
  '[pH]': ['1', 'pH'],
  // UCUM calls them numbers; what is counted in one field of view is no count of another, and no bare number.
  '[HPF]': ['1', 'HPF'],
  '[LPF]': ['1', 'LPF'],
  "[arb'U]": ['1', 'arbU'],
  '[CFU]': ['1', 'CFU'],
  "[Amb'a'1'U]": ['1', 'AmbU'],
  '[BAU]': ['1', 'BAU'],
  "[APL'U]": ['1', 'APLU'],
  "[GPL'U]": ['1', 'GPLU'],
  "[MPL'U]": ['1', 'MPLU'],
  "[USP'U]": ['1', 'USPU'],
  '[PFU]': ['1', 'PFU'],
  "[hnsf'U]": ['1', 'hnsfU'],
  '[diop]': ['1', 'm-1'],
}

const temperatures: readonly (readonly [string, Atom])[] = [
  ['Cel', { bases: basesOf('K'), factor: fraction(1), offset: exact('273.15'), metric: true }],
  ['[degF]', { bases: basesOf('K'), factor: fraction(5, 9), offset: fraction(45967, 180), metric: false }],
]

/** Enzyme units are metric: a micromole per minute. */
const enzyme: Atom = { bases: basesOf('mol.s-1'), factor: fraction(1n, 60_000_000n), metric: true }
/** A pound of force on a square inch. */
const pressure: Atom = { bases: basesOf('g.m-1.s-2'), factor: fraction(44482216152605n, 6451600n), metric: false }
const degree: Atom = { bases: basesOf('deg'), factor: fraction(1), metric: false }

function atomsOf(list: Readonly<Record<string, readonly [string, string]>>, isMetric: boolean): [string, Atom][] {
  return Object.entries(list).map(([symbol, [factor, bases]]) => [
    symbol,
    { bases: basesOf(bases), factor: exact(factor), metric: isMetric },
  ])
}

export const atoms: ReadonlyMap<string, Atom> = new Map([
  ...atomsOf(metric, true),
  ...atomsOf(plainAtoms, false),
  ...temperatures,
  ['U', enzyme] as const,
  ['[psi]', pressure] as const,
  ['deg', degree] as const,
])
