/** How times and numbers are written, and the rule of the field map that reads them. */
import type { Choices, DayForm, Precision, TimeForm } from './choices.ts'
import { wallOf, type Zone } from './clock.ts'

export function dayText(at: number, zone: Zone, form: DayForm): string {
  const { year, month, day } = wallOf(at, zone)
  if (form === 'iso') return `${year}-${month}-${day}`
  if (form === 'dotted') return `${day}.${month}.${year}`
  if (form === 'day-first') return `${day}/${month}/${year}`
  return form === 'month-first' ? `${month}/${day}/${year}` : `${year}${month}${day}`
}

export function timeText(at: number, zone: Zone, form: TimeForm, dayForm: DayForm): string {
  const wall = wallOf(at, zone)
  const date = `${wall.year}-${wall.month}-${wall.day}`
  const clock = `${wall.hour}:${wall.minute}:${wall.second}`
  switch (form) {
    case 'iso-z':
      return `${date}T${clock}Z`
    case 'iso-offset':
      return `${date}T${clock}${wall.offset}`
    case 'iso-local':
      return `${date} ${clock}`
    case 'day-first':
      return `${dayText(at, zone, dayForm)} ${clock}`
    case 'month-first':
      return `${dayText(at, zone, dayForm)} ${wall.hour}:${wall.minute}`
    case 'am-pm':
      return `${dayText(at, zone, dayForm)} ${clockOfTwelve(wall.hour)}:${wall.minute} ${Number(wall.hour) < 12 ? 'AM' : 'PM'}`
    case 'compact':
      return `${wall.year}${wall.month}${wall.day}${wall.hour}${wall.minute}${wall.second}`
    case 'epoch-seconds':
      return String(Math.floor(at / 1000))
    case 'epoch-milliseconds':
      return String(at)
    case 'two-columns':
      return dayText(at, zone, dayForm)
    default:
      throw new Error(`no such form: ${String(form)}`)
  }
}

function clockOfTwelve(hour: string): string {
  return String(Number(hour) % 12 || 12).padStart(2, '0')
}

/** The second of two columns. */
export function clockText(at: number, zone: Zone): string {
  const { hour, minute, second } = wallOf(at, zone)
  return `${hour}:${minute}:${second}`
}

const orders: Readonly<Record<DayForm, string>> = {
  iso: 'year-first',
  compact: 'year-first',
  dotted: 'day-first',
  'day-first': 'day-first',
  'month-first': 'month-first',
}

/** Rule and parameters that read a legacy time of this precision. */
export function timeRule(choices: Choices, precision: Precision): { readonly rule: string; readonly params: string } {
  const { time, day, zone } = choices
  const stated = `; zone=${zone.name}`
  if (precision === 'day') return { rule: 'date', params: `order=${orders[day]}${stated}` }
  if (time === 'epoch-seconds' || time === 'epoch-milliseconds') return { rule: 'date-time', params: `order=${time}` }
  if (time === 'iso-z' || time === 'iso-offset') return { rule: 'date-time', params: 'order=year-first' }
  return { rule: 'date-time', params: `order=${time === 'iso-local' ? 'year-first' : orders[day]}${stated}` }
}

/** A FHIR date or dateTime; the seconds of an instant that is known to the minute only are zero. */
export function fhirTime(at: number, zone: Zone, fraction: boolean): string {
  const wall = wallOf(at, zone)
  const clock = `${wall.hour}:${wall.minute}:${wall.second}${fraction ? `.${wall.milli}` : ''}`
  return `${wall.year}-${wall.month}-${wall.day}T${clock}${wall.offset}`
}

/** A decimal rounded half away from zero, by its digits. */
export function rounded(number: string, decimals: number): string {
  const negative = number.startsWith('-')
  const [whole = '0', fraction = ''] = number.replace('-', '').split('.')
  if (fraction.length <= decimals) return number
  const kept = BigInt(whole + fraction.slice(0, decimals))
  const up = Number(fraction[decimals] ?? '0') >= 5 ? 1n : 0n
  const digits = (kept + up).toString().padStart(decimals + 1, '0')
  const at = digits.length - decimals
  return `${negative ? '-' : ''}${digits.slice(0, at)}${decimals > 0 ? `.${digits.slice(at)}` : ''}`
}

/** The same amount in the other unit, by the definitions of the units. */
export function converted(number: string, from: string, to: string, decimals: number): string {
  const value = Number(number)
  const made: Readonly<Record<string, number>> = {
    'kg [lb_av]': value / 0.45359237,
    'cm [in_i]': value / 2.54,
    'Cel [degF]': (value * 9) / 5 + 32,
    'g/dL g/L': value * 10,
    'mg/L mg/dL': value / 10,
    'ug/L ng/mL': value,
  }
  const found = made[`${from} ${to}`]
  if (found === undefined) throw new Error(`no factor from ${from} to ${to}`)
  return rounded(found.toFixed(9), decimals)
}

export function legacyNumber(number: string, choices: Choices): string {
  const [whole = '', fraction] = number.split('.')
  const long = choices.trailingZeros && fraction !== undefined ? `${number}0` : number
  const shown = choices.exponents && whole.length > 2 ? exponent(number) : long
  return choices.file.comma ? shown.replace('.', ',') : shown
}

function exponent(number: string): string {
  const [mantissa = '', power = ''] = Number(number).toExponential().split('e')
  return `${mantissa}E${power}`
}
