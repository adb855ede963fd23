/** How strictly one line of the field map compares: parameters by which a person tightens or loosens what is called equal. */
import { decimalOf } from '../../values/decimal.ts'
import type { Params } from '../model/carried.ts'
import { type Fraction, fractionOf } from './fraction.ts'
import { type Zone, zoneNamed } from './zone.ts'

export interface Tuning {
  /** Nothing but the value as the rule makes it is equal. */
  readonly exact: boolean
  /** Distance that is still equal, as an amount or as percent of the legacy value. */
  readonly tolerance: { readonly amount: Fraction; readonly percent: boolean } | null
  /** Decimals that are compared; null for those of the coarser side. */
  readonly decimals: number | null
  readonly anyCase: boolean
  /** Zones of this line; null for those of the sides. */
  readonly legacyZone: Zone | null
  readonly targetZone: Zone | null
}

export const asMeant: Tuning = {
  exact: false,
  tolerance: null,
  decimals: null,
  anyCase: false,
  legacyZone: null,
  targetZone: null,
}

/** What a page about the grammar says of a parameter. */
export interface ParameterWords {
  readonly name: string
  /** The values it takes, as a person writes them. */
  readonly takes: string
  readonly says: string
  /** What holds where it is left out. */
  readonly without: string
}

export const comparingParameters: readonly ParameterWords[] = [
  {
    name: 'equal',
    takes: 'exact',
    says: 'Only the value that the rule makes is equal: no rounding, no other precision, no normalised text, no unit conversion.',
    without: 'Values are compared by meaning.',
  },
  {
    name: 'tolerance',
    takes: '0.05 or 2%',
    says: 'Numbers that are no further apart than this are equal; percent is of the legacy value.',
    without:
      'Numbers are equal when the finer one rounds to the coarser one and at most a twentieth is lost by it, or the whole column is rounded so; doses only when they are the same number.',
  },
  {
    name: 'decimals',
    takes: '0 to 9',
    says: 'Numbers are rounded to so many decimals before they are compared.',
    without: 'The decimals of the coarser side.',
  },
  {
    name: 'text',
    takes: 'any-case',
    says: 'Capital and small letters are the same.',
    without: 'Another case is a difference.',
  },
  {
    name: 'zone',
    takes: 'Z, +01:00 or a name such as Europe/Berlin',
    says: 'Days and times of the legacy column were written in this zone.',
    without: 'The zone that most pairs of the run agree with, named in the report; else the local day that is written.',
  },
  {
    name: 'target-zone',
    takes: 'Z, +01:00 or a name such as Europe/Berlin',
    says: 'Days and times of the target that state no zone were written in this zone.',
    without: 'As for zone.',
  },
]

/** The tuning of a line, or the sentence that says what it can not mean. */
export function tuningOf(params: Params): Tuning | string {
  const equal = params.get('equal')
  if (equal !== undefined && equal !== 'exact') return `equal takes exact, not “${equal}”`
  const text = params.get('text')
  if (text !== undefined && text !== 'any-case') return `text takes any-case, not “${text}”`
  const decimals = params.get('decimals')
  if (decimals !== undefined && !/^\d$/.test(decimals)) return `decimals takes 0 to 9, not “${decimals}”`
  const tolerance = toleranceOf(params.get('tolerance'))
  if (typeof tolerance === 'string') return tolerance
  const zones: (Zone | null)[] = []
  for (const name of ['zone', 'target-zone']) {
    const named = params.get(name)
    const zone = named === undefined || named === '' ? null : zoneNamed(named)
    if (named !== undefined && named !== '' && zone === null)
      return `${name} takes Z, an offset such as +01:00, or a name such as Europe/Berlin, not “${named}”`
    zones.push(zone)
  }
  const [legacyZone = null, targetZone = null] = zones
  const plain =
    equal === undefined && text === undefined && decimals === undefined && tolerance === null && !legacyZone && !targetZone
  if (plain) return asMeant
  return {
    exact: equal === 'exact',
    tolerance,
    decimals: decimals === undefined ? null : Number(decimals),
    anyCase: text === 'any-case',
    legacyZone,
    targetZone,
  }
}

function toleranceOf(given: string | undefined): Tuning['tolerance'] | string {
  if (given === undefined) return null
  const percent = given.endsWith('%')
  const decimal = decimalOf(percent ? given.slice(0, -1).trim() : given)
  const amount = decimal === null || decimal.negative ? null : fractionOf(decimal)
  return amount === null ? `tolerance takes a number such as 0.05, or a share such as 2%, not “${given}”` : { amount, percent }
}
