/** A stored value as text: exact, as a database writes it into CSV. */
import type { SchemaElement } from 'hyparquet'
import type { Cells } from '../unpacked/cells.ts'

export type WriteValue = (value: unknown, cells: Cells) => void

/** How the values of a column are written. Bytes of a text are handed on as they are, damaged ones included. */
export function writerOf(element: SchemaElement): WriteValue {
  const text = textOf(element)
  return (value, cells) => {
    if (text === null && value instanceof Uint8Array) cells.addAll(value, 0, value.length)
    else cells.addText((text ?? String)(value))
  }
}

type TextOf = (value: unknown) => string

/** Null where bytes are the text. */
function textOf({ type, converted_type: old, logical_type: logical, scale }: SchemaElement): TextOf | null {
  if (old === 'DECIMAL' || logical?.type === 'DECIMAL')
    return (value) => decimalText(integerOf(value), (logical?.type === 'DECIMAL' ? logical.scale : scale) ?? 0)
  if (old === 'DATE' || logical?.type === 'DATE') return (value) => dayText(integerOf(value))
  if (logical?.type === 'TIMESTAMP')
    return (value) => momentText(integerOf(value), digitsOf[logical.unit]) + (logical.isAdjustedToUTC ? 'Z' : '')
  // The older names say that times are in UTC.
  if (old === 'TIMESTAMP_MILLIS') return (value) => `${momentText(integerOf(value), 3)}Z`
  if (old === 'TIMESTAMP_MICROS') return (value) => `${momentText(integerOf(value), 6)}Z`
  if (logical?.type === 'TIME') return (value) => timeText(integerOf(value), digitsOf[logical.unit])
  if (old === 'TIME_MILLIS') return (value) => timeText(integerOf(value), 3)
  if (old === 'TIME_MICROS') return (value) => timeText(integerOf(value), 6)
  if (type === 'INT96') return (value) => momentText(instant96(integerOf(value)), 9)
  if (old === 'INTERVAL') return (value) => (value instanceof Uint8Array ? intervalText(value) : String(value))
  if (logical?.type === 'UUID') return (value) => (value instanceof Uint8Array ? uuidText(value) : String(value))
  if (logical?.type === 'FLOAT16') return (value) => (value instanceof Uint8Array ? numberText(half(value)) : String(value))
  if (old === 'UINT_32' || (logical?.type === 'INTEGER' && !logical.isSigned && type === 'INT32'))
    return (value) => String(Number(value) >>> 0)
  if (old === 'UINT_64' || (logical?.type === 'INTEGER' && !logical.isSigned && type === 'INT64'))
    return (value) => String(BigInt.asUintN(64, integerOf(value)))
  if (type === 'FLOAT') return (value) => floatText(Number(value))
  if (type === 'DOUBLE') return (value) => numberText(Number(value))
  if (type === 'FIXED_LEN_BYTE_ARRAY') return (value) => (value instanceof Uint8Array ? hexText(value) : String(value))
  return type === 'BYTE_ARRAY' ? null : String
}

const digitsOf = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const

/** Whole numbers come as numbers, as big ones, or as bytes, the highest first. */
function integerOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(value)
  if (!(value instanceof Uint8Array)) return 0n
  let number = 0n
  for (const byte of value) number = (number << 8n) | BigInt(byte)
  return BigInt.asIntN(value.length * 8, number)
}

function decimalText(value: bigint, scale: number): string {
  const sign = value < 0n ? '-' : ''
  const digits = String(value < 0n ? -value : value)
  if (scale <= 0) return `${sign}${digits}${digits === '0' ? '' : '0'.repeat(-scale)}`
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

const dayMs = 86_400_000

function dayText(days: bigint): string {
  const date = new Date(Number(days) * dayMs)
  return Number.isNaN(date.getTime()) ? String(days) : isoDay(date)
}

/** Years beyond 9999 carry a sign in ISO 8601; databases write them without. */
function isoDay(date: Date): string {
  return date.toISOString().replace(/T.*$/, '').replace(/^\+0*/, '')
}

/** `2024-01-10 15:00:00`, and a fraction where there is one. */
function momentText(value: bigint, digits: number): string {
  const perDay = 86_400n * 10n ** BigInt(digits)
  const within = ((value % perDay) + perDay) % perDay
  return `${dayText((value - within) / perDay)} ${timeText(within, digits)}`
}

function timeText(value: bigint, digits: number): string {
  const perSecond = 10n ** BigInt(digits)
  const seconds = Number(value / perSecond)
  const rest = value % perSecond
  const two = (number: number): string => String(number).padStart(2, '0')
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(digits, '0').replace(/0+$/, '')}`
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
}

const julianEpoch = 2_440_588n

/** Days since the Julian epoch above, nanoseconds of the day below, as nanoseconds since 1970. */
function instant96(value: bigint): bigint {
  return ((value >> 64n) - julianEpoch) * 86_400_000_000_000n + (value & 0xffff_ffff_ffff_ffffn)
}

/** Months, days and milliseconds, each four bytes, the lowest first. */
function intervalText(bytes: Uint8Array): string {
  if (bytes.length !== 12) return hexText(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, 12)
  return `P${view.getUint32(0, true)}M${view.getUint32(4, true)}DT${view.getUint32(8, true) / 1000}S`
}

function uuidText(bytes: Uint8Array): string {
  const hex = hexText(bytes)
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : hex
}

function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The shortest text that reads as the same number of 32 bits. */
function floatText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return numberText(short)
  }
  return numberText(Number(value.toPrecision(9)))
}

function half(bytes: Uint8Array): number {
  const bits = ((bytes[1] ?? 0) << 8) | (bytes[0] ?? 0)
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value)
}
