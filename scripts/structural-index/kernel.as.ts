// The structural index of delimited text, 64 bytes at a time (AssemblyScript). It fills a block of records with the cells of plain
// records: those of exactly `width` cells, with quotes as in RFC 4180, ended by LF or CRLF. It stops before the first other one.

// Flags of cells and traits of blocks, as in record-view.ts and high-bytes.ts.
const QUOTED: u32 = 1
const ESCAPED: u32 = 2
const HIGH: u32 = 4
const MULTILINE: u32 = 32
/** Of a record of several lines that the careful reader may have to see: in `seen` alone. */
const DENSE: u32 = 64
const INVALID: i32 = 1
const DAMAGED: i32 = 2
const CONTROL: i32 = 4

const LF: u8 = 10
const CR: u8 = 13

/** Addresses; the host lays its views over them. */
export const starts: usize = 4096
export const ends: usize = starts + 65536
export const flags: usize = ends + 65536
export const from: usize = flags + 16384
export const to: usize = from + 16384
export const breaks: usize = to + 16384
export const seen: usize = breaks + 16448
export const input: usize = 208896
export const inputBytes: i32 = 131072

/** Of the last scan: bytes up to the end of its last record, and whether a byte or a record was met that is not plain. */
let used: i32 = 0
let isOdd: i32 = 0
/** What turns a place that is told into an address. */
let shift: i32 = 0

let codes: i32 = 0
/** What all records of the last scan have, or-ed. */
let seenByAll: i32 = 0

export function allSeen(): i32 {
  return seenByAll
}

/** 1 where the last scan met a control code other than tab and line break. */
export function metCodes(): i32 {
  return codes
}

export function usedBytes(): i32 {
  return used
}

export function stoppedAtOdd(): i32 {
  return isOdd
}

// @ts-expect-error: decorator
@inline
function bitsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = u64(u32(i8x16.bitmask(a)) | (u32(i8x16.bitmask(b)) << 16))
  const upper = u64(u32(i8x16.bitmask(c)) | (u32(i8x16.bitmask(d)) << 16))
  return low | (upper << 32)
}

/** Control codes other than tab, line feed and carriage return. */
// @ts-expect-error: decorator
@inline
function codesIn(bytes: v128): v128 {
  const first = i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, -1, -1, 0, -1, -1)
  const later = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(16)), i8x16.splat(16))
  return v128.or(v128.or(i8x16.swizzle(first, bytes), later), i8x16.eq(bytes, i8x16.splat(127)))
}

/** By bit: whether the number of ones up to and with it is odd. */
// @ts-expect-error: decorator
@inline
function parity(x: u64): u64 {
  x ^= x << 1
  x ^= x << 2
  x ^= x << 4
  x ^= x << 8
  x ^= x << 16
  return x ^ (x << 32)
}

/**
 * Indexes the first `length` bytes of the input, at most `room` records; gives how many. Places are told as if the input began at
 * `offset`. `quote` is -1 for none. A record of more than `most` line breaks, or of enough delimiters inside quotes to be several
 * records, is DENSE.
 */
export function scan(length: i32, offset: i32, delimiter: i32, quote: i32, width: i32, room: i32, most: i32): i32 {
  const until = input + length
  memory.fill(until, u8(delimiter), 128)
  const isDelimiter = i8x16.splat(i8(delimiter))
  const isQuote = i8x16.splat(i8(quote))
  const isFeed = i8x16.splat(LF)
  const isReturn = i8x16.splat(CR)
  const isNul = i8x16.splat(0)
  const quotes: u64 = quote < 0 ? 0 : ~0
  shift = i32(input) - offset
  const lastCell = width - 1
  // Carried from block to block: inside quotes, whether the byte before ends a cell or closes a quote.
  let inQuotes: u64 = 0
  let afterEnd: u64 = 1
  let afterClose: u64 = 0
  // The cell and the record at hand.
  let start = input
  let recordAt = input
  let pending: u32 = 0
  let all: u32 = 0
  let everything: u32 = 0
  let hiding = 0
  let cell = 0
  let slot: usize = 0
  let count = 0
  let lines = 0
  let met = i8x16.splat(0)
  isOdd = 0
  store<i32>(breaks, 0)
  for (let p = input; p < until; p += 64) {
    const a = v128.load(p)
    const b = v128.load(p, 16)
    const c = v128.load(p, 32)
    const d = v128.load(p, 48)
    const high = bitsOf(a, b, c, d)
    const feed = bitsOf(i8x16.eq(a, isFeed), i8x16.eq(b, isFeed), i8x16.eq(c, isFeed), i8x16.eq(d, isFeed))
    const mark = bitsOf(i8x16.eq(a, isDelimiter), i8x16.eq(b, isDelimiter), i8x16.eq(c, isDelimiter), i8x16.eq(d, isDelimiter))
    const q = quotes & bitsOf(i8x16.eq(a, isQuote), i8x16.eq(b, isQuote), i8x16.eq(c, isQuote), i8x16.eq(d, isQuote))
    const returns = v128.or(v128.or(i8x16.eq(a, isReturn), i8x16.eq(b, isReturn)), v128.or(i8x16.eq(c, isReturn), i8x16.eq(d, isReturn)))
    const nuls = v128.or(v128.or(i8x16.eq(a, isNul), i8x16.eq(b, isNul)), v128.or(i8x16.eq(c, isNul), i8x16.eq(d, isNul)))
    met = v128.or(met, v128.or(v128.or(codesIn(a), codesIn(b)), v128.or(codesIn(c), codesIn(d))))
    let ret: u64 = 0
    let fault: u64 = 0
    if (v128.any_true(v128.or(returns, nuls))) {
      ret = bitsOf(i8x16.eq(a, isReturn), i8x16.eq(b, isReturn), i8x16.eq(c, isReturn), i8x16.eq(d, isReturn))
      fault = bitsOf(i8x16.eq(a, isNul), i8x16.eq(b, isNul), i8x16.eq(c, isNul), i8x16.eq(d, isNul))
    }
    const beforeFeed = (feed >> 1) | (u64(load<u8>(p, 64) == LF) << 63)
    let enders = mark | feed
    let doubled: u64 = 0
    let within: u64 = 0
    let inner: u64 = 0
    let hidden: u64 = 0
    if ((q | inQuotes) == 0) {
      fault |= (ret & ~beforeFeed) | (afterClose & ~(enders | ret))
      afterEnd = enders >> 63
      afterClose = 0
    } else {
      const inside = parity(q) ^ inQuotes
      const opens = q & inside
      const closes = q & ~inside
      const behindClose = (closes << 1) | afterClose
      enders &= ~inside
      const outer = ret & ~inside
      fault |= outer & ~beforeFeed
      fault |= opens & ~((enders << 1) | behindClose | afterEnd)
      fault |= behindClose & ~(enders | outer | opens)
      doubled = opens & behindClose
      within = (feed | ret) & inside
      hidden = mark & inside
      inner = (feed | (ret & ~beforeFeed)) & inside
      afterEnd = enders >> 63
      afterClose = closes >> 63
      inQuotes = u64(i64(inside) >> 63)
    }
    if (p + 64 > until) {
      const valid = (u64(1) << u64(until - p)) - 1
      enders &= valid
      fault &= valid
    }
    if (fault != 0) enders &= (fault & (0 - fault)) - 1
    let done: u64 = 0
    while (enders != 0) {
      const bit = enders & (0 - enders)
      const own = (bit - 1) & ~done
      const at = p + usize(ctz(enders))
      done = bit | (bit - 1)
      enders ^= bit
      let kind = pending | (u32((high & own) != 0) << 2)
      pending = 0
      if ((doubled | within | hidden) != 0) {
        kind |= (u32((doubled & own) != 0) << 1) | (u32((within & own) != 0) << 5)
        lines += i32(popcnt(inner & own))
        hiding += i32(popcnt(hidden & own))
      }
      const isLine = (feed & bit) != 0
      if (isLine != (cell == lastCell)) {
        isOdd = 1
        break
      }
      let end = at
      if (isLine && at > start && load<u8>(at - 1) == CR) end--
      const recordEnd = end
      if (i32(load<u8>(start)) == quote) {
        kind |= QUOTED
        start++
        end--
      }
      store<i32>(starts + (slot << 2), i32(start) - shift)
      store<i32>(ends + (slot << 2), i32(end) - shift)
      store<u8>(flags + slot, u8(kind))
      slot++
      all |= kind
      start = at + 1
      if (!isLine) {
        cell++
        continue
      }
      const record = usize(count)
      store<i32>(from + (record << 2), i32(recordAt) - shift)
      store<i32>(to + (record << 2), i32(recordEnd) - shift)
      if ((all & MULTILINE) != 0 && (hiding >= lastCell || lines - load<i32>(breaks + (record << 2)) > most)) all |= DENSE
      store<u8>(seen + record, u8(all))
      everything |= all
      hiding = 0
      lines++
      count++
      store<i32>(breaks + (usize(count) << 2), lines)
      recordAt = start
      all = 0
      cell = 0
      if (count == room) break
    }
    if (fault != 0) isOdd = 1
    if (isOdd != 0 || count == room) break
    const rest = ~done
    pending |= u32((high & rest) != 0) << 2
    if ((doubled | within | hidden) != 0) {
      pending |= (u32((doubled & rest) != 0) << 1) | (u32((within & rest) != 0) << 5)
      lines += i32(popcnt(inner & rest))
      hiding += i32(popcnt(hidden & rest))
    }
  }
  used = i32(recordAt - input)
  codes = i32(v128.any_true(met))
  seenByAll = i32(everything)
  return count
}

// What can be wrong with two bytes that follow each other: Keiser and Lemire, "Validating UTF-8 in less than one instruction per
// byte" (2021). Each table names the errors that half a byte still allows; what all three allow is one.
const SHORT: i8 = 1
const LONG: i8 = 2
const OVER3: i8 = 4
const LARGE: i8 = 8
const SURROGATE: i8 = 16
const OVER2: i8 = 32
const LARGER: i8 = 64
const OVER4: i8 = 64
const TRAILS: i8 = -128
const ANY: i8 = SHORT | LONG | TRAILS
const TOO: i8 = ANY | LARGE | LARGER
const AFTER8: i8 = LONG | OVER2 | TRAILS | OVER3 | LARGER | OVER4
const AFTER9: i8 = LONG | OVER2 | TRAILS | OVER3 | LARGE
const AFTERA: i8 = LONG | OVER2 | TRAILS | SURROGATE | LARGE

// @ts-expect-error: decorator
@inline
function errorsIn(bytes: v128, before1: v128, before2: v128, before3: v128): v128 {
  const lead = i8x16(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TRAILS, TRAILS, TRAILS, TRAILS, SHORT | OVER2, SHORT, SHORT | OVER3 | SURROGATE, SHORT | LARGE | LARGER | OVER4)
  const low = i8x16(ANY | OVER3 | OVER2 | OVER4, ANY | OVER2, ANY, ANY, ANY | LARGE, TOO, TOO, TOO, TOO, TOO, TOO, TOO, TOO, TOO | SURROGATE, TOO, TOO)
  const next = i8x16(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, AFTER8, AFTER9, AFTERA, AFTERA, SHORT, SHORT, SHORT, SHORT)
  const pairs = v128.and(
    v128.and(i8x16.swizzle(lead, i8x16.shr_u(before1, 4)), i8x16.swizzle(low, v128.and(before1, i8x16.splat(15)))),
    i8x16.swizzle(next, i8x16.shr_u(bytes, 4)),
  )
  const third = i8x16.sub_sat_u(before2, i8x16.splat(0x60))
  const fourth = i8x16.sub_sat_u(before3, i8x16.splat(0x70))
  return v128.xor(v128.and(v128.or(third, fourth), i8x16.splat(-128)), pairs)
}

// Bytes before the input are never written: nothing precedes the first one.
// @ts-expect-error: decorator
@inline
function isDamagedUpTo(until: usize): bool {
  let damage = i8x16.splat(0)
  for (let p = input; p < until; p += 16) {
    const bytes = v128.load(p)
    const before1 = v128.load(p - 1)
    const before2 = v128.load(p - 2)
    const second = v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(-0x3e)), i8x16.eq(bytes, i8x16.splat(-0x1e))),
      v128.or(v128.or(i8x16.eq(bytes, i8x16.splat(-0x3b)), i8x16.eq(bytes, i8x16.splat(-0x3a))), i8x16.eq(bytes, i8x16.splat(-0x35))),
    )
    const twice = v128.and(i8x16.eq(before2, i8x16.splat(-0x3d)), second)
    const lost = v128.and(v128.and(i8x16.eq(before2, i8x16.splat(-0x11)), i8x16.eq(before1, i8x16.splat(-0x41))), i8x16.eq(bytes, i8x16.splat(-0x43)))
    damage = v128.or(damage, v128.or(twice, lost))
  }
  return v128.any_true(damage)
}

/** The traits of the first `length` bytes of the input, which end with a line break. */
export function traits(length: i32): i32 {
  const until = input + length
  // Behind them only ASCII is seen; what stood there is put back.
  const kept0 = v128.load(until)
  const kept1 = v128.load(until, 16)
  const kept2 = v128.load(until, 32)
  const kept3 = v128.load(until, 48)
  memory.fill(until, 0, 64)
  let errors = i8x16.splat(0)
  let maybe = i8x16.splat(0)
  let control = i8x16.splat(0)
  // Of text in most languages every second stretch of 64 bytes is ASCII: to ask more often costs more than it saves.
  for (let block = input; block < until; block += 64) {
    const any = v128.or(v128.or(v128.load(block), v128.load(block, 16)), v128.or(v128.load(block, 32), v128.or(v128.load(block, 48), v128.load(block - 16))))
    if (i8x16.bitmask(any) == 0) continue
    for (let p = block; p < block + 64; p += 16) {
      const bytes = v128.load(p)
      const before1 = v128.load(p - 1)
      const before2 = v128.load(p - 2)
      errors = v128.or(errors, errorsIn(bytes, before1, before2, v128.load(p - 3)))
      // A character of two bytes and another one beyond ASCII; the first two bytes of a lost one.
      const twice = v128.and(v128.and(i8x16.eq(before2, i8x16.splat(-0x3d)), i8x16.gt_s(bytes, i8x16.splat(-0x40))), bytes)
      const lost = v128.and(i8x16.eq(before2, i8x16.splat(-0x11)), i8x16.eq(before1, i8x16.splat(-0x41)))
      maybe = v128.or(maybe, v128.or(twice, lost))
      control = v128.or(control, v128.and(i8x16.eq(before1, i8x16.splat(-0x3e)), i8x16.lt_u(bytes, i8x16.splat(-0x60))))
    }
  }
  const isDamaged = i8x16.bitmask(maybe) != 0 && isDamagedUpTo(until)
  v128.store(until, kept0)
  v128.store(until, kept1, 16)
  v128.store(until, kept2, 32)
  v128.store(until, kept3, 48)
  return (v128.any_true(errors) ? INVALID : 0) | (isDamaged ? DAMAGED : 0) | (v128.any_true(control) ? CONTROL : 0)
}

// Questions about one column of the last scan: cell `i` of `count` stands at `at + i * step`. Each lists the rows of cells that it can
// not settle and gives how many they are; empty cells are no answer unless the question is about them.

/** Bytes of a question, and the rows that it listed. */
export const table: usize = 344064
export const found: usize = 376832

// Bits of the byte at hand, by its upper half: no byte beyond ASCII is in a set.
// @ts-expect-error: decorator
@inline
function inSet(lower: v128, upperBit: v128, at: usize): v128 {
  return i8x16.ne(v128.and(i8x16.swizzle(v128.load(at), lower), upperBit), i8x16.splat(0))
}

/** Of 16 bytes: the places in which none of the sets of the table allows its byte. `piece` counts 16 places. */
// @ts-expect-error: decorator
@inline
function misplaced(address: usize, kinds: i32, piece: usize): v128 {
  const bytes = v128.load(address)
  const lower = v128.and(bytes, i8x16.splat(15))
  const upperBit = i8x16.swizzle(i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0), i8x16.shr_u(bytes, 4))
  let good = i8x16.splat(0)
  for (let kind = 0; kind < kinds; kind++) {
    const own = table + (usize(kind) << 6)
    good = v128.or(good, v128.and(inSet(lower, upperBit, own), v128.load(own + 16 + (piece << 4))))
  }
  return v128.not(good)
}

/** 1 where a cell in the form of a day is none of every year; of a moment with `calendar` 2, also where it is no time of day. */
// @ts-expect-error: decorator
@inline
function offCalendar(s: usize, calendar: i32): u32 {
  const month = i32(load<u8>(s, 5)) * 10 + i32(load<u8>(s, 6)) - 528
  const day = i32(load<u8>(s, 8)) * 10 + i32(load<u8>(s, 9)) - 528
  const most = month == 2 ? 28 : 30 + ((month + (month >> 3)) & 1)
  const bad = u32(u32(month - 1) >= 12) | u32(u32(day - 1) >= u32(most))
  if (calendar != 2) return bad
  const hour = i32(load<u8>(s, 11)) * 10 + i32(load<u8>(s, 12)) - 528
  return bad | u32(hour >= 24) | u32(load<u8>(s, 14) > 53) | u32(load<u8>(s, 17) > 53)
}

/** Bytes of a cell in no range of their place. `piece` is 16 times the number of the 16 places. */
// @ts-expect-error: decorator
@inline
function outOfRange(bytes: v128, ranges: i32, piece: usize): v128 {
  const own = table + piece
  let good = v128.or(
    i8x16.le_u(i8x16.sub(bytes, v128.load(own)), v128.load(own, 48)),
    i8x16.le_u(i8x16.sub(bytes, v128.load(own, 96)), v128.load(own, 144)),
  )
  if (ranges > 2) good = v128.or(good, i8x16.le_u(i8x16.sub(bytes, v128.load(own, 192)), v128.load(own, 240)))
  return v128.not(good)
}

/**
 * Cells of `length` bytes, at most 48, of which each is in one of at most three ranges of its place. Table: for each range the lowest byte of
 * each place, and how many follow it. `calendar` 1: they are also a day of every year; 2: also a time of day, and 19 places, 20 with Z, or
 * 25 with an offset.
 */
export function ranges(at: i32, step: i32, count: i32, ranges: i32, length: i32, calendar: i32): i32 {
  let out = found
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  for (let row = 0; row < count; row++, at += step) {
    const start = load<i32>(starts + (usize(at) << 2))
    const size = load<i32>(ends + (usize(at) << 2)) - start
    if (size == 0) continue
    const s = usize(start + shift)
    let bad = u32(load<u8>(flags + usize(at)) & u8(HIGH | ESCAPED))
    let places = length
    if (calendar == 2) {
      const isZ = load<u8>(s, 19) == 90
      bad |= u32(!(size == 19 || (isZ ? size == 20 : size == 25)))
      places = size
    } else bad |= u32(size != length)
    if (bad == 0) {
      let wrong = v128.and(outOfRange(v128.load(s), ranges, 0), i8x16.lt_s(lanes, i8x16.splat(i8(places))))
      if (places > 16) wrong = v128.or(wrong, v128.and(outOfRange(v128.load(s, 16), ranges, 16), i8x16.lt_s(lanes, i8x16.splat(i8(places - 16)))))
      if (places > 32) wrong = v128.or(wrong, v128.and(outOfRange(v128.load(s, 32), ranges, 32), i8x16.lt_s(lanes, i8x16.splat(i8(places - 32)))))
      bad = u32(v128.any_true(wrong))
      if (calendar != 0) bad |= offCalendar(s, calendar)
    }
    store<i32>(out, row)
    out += usize(bad != 0) << 2
  }
  return i32(out - found) >> 2
}

/**
 * Cells of `length` bytes of which each is in the set of its place. Table: for each kind of place the set (16 bytes, a bit for each
 * upper half of a byte by its lower half) and its places (48 bytes).
 */
export function places(at: i32, step: i32, count: i32, kinds: i32, length: i32): i32 {
  let out = found
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  for (let row = 0; row < count; row++, at += step) {
    const start = load<i32>(starts + (usize(at) << 2))
    const size = load<i32>(ends + (usize(at) << 2)) - start
    if (size == 0) continue
    const s = usize(start + shift)
    let bad = u32(load<u8>(flags + usize(at)) & u8(HIGH | ESCAPED))
    bad |= u32(size != length)
    if (bad == 0) {
      let wrong = v128.and(misplaced(s, kinds, 0), i8x16.lt_s(lanes, i8x16.splat(i8(length))))
      if (length > 16) wrong = v128.or(wrong, v128.and(misplaced(s + 16, kinds, 1), i8x16.lt_s(lanes, i8x16.splat(i8(length - 16)))))
      if (length > 32) wrong = v128.or(wrong, v128.and(misplaced(s + 32, kinds, 2), i8x16.lt_s(lanes, i8x16.splat(i8(length - 32)))))
      bad = u32(v128.any_true(wrong))
    }
    store<i32>(out, row)
    out += usize(bad != 0) << 2
  }
  return i32(out - found) >> 2
}

/** Numbers of at most 15 places with at most one `point`. Table: by decimals, 16 lowest and 16 highest whole numbers (f64). */
export function numbers(at: i32, step: i32, count: i32, point: i32): i32 {
  let out = found
  for (let row = 0; row < count; row++, at += step) {
    const start = load<i32>(starts + (usize(at) << 2))
    const size = load<i32>(ends + (usize(at) << 2)) - start
    if (size == 0) continue
    let i = usize(start + shift)
    const end = i + usize(size)
    const lead = load<u8>(i)
    if (lead == 45 || lead == 43) i++
    let isBad = true
    const first = i
    if (end - first <= 15) {
      let whole: u64 = 0
      let digit = u32(load<u8>(i)) - 48
      while (i < end && digit < 10) {
        whole = whole * 10 + u64(digit)
        digit = u32(load<u8>(++i)) - 48
      }
      let digits = i32(i - first)
      let decimals = 0
      if (i < end && i32(load<u8>(i)) == point) {
        const fraction = ++i
        digit = u32(load<u8>(i)) - 48
        while (i < end && digit < 10) {
          whole = whole * 10 + u64(digit)
          digit = u32(load<u8>(++i)) - 48
        }
        decimals = i32(i - fraction)
        digits += decimals
      }
      const value = lead == 45 ? -f64(whole) : f64(whole)
      const limit = table + (usize(decimals) << 3)
      isBad = i != end || digits == 0 || !(value >= load<f64>(limit) && value <= load<f64>(limit, 128))
    }
    store<i32>(out, row)
    out += usize(isBad) << 2
  }
  return i32(out - found) >> 2
}

/** Cells of one byte that the table (256 bytes) allows. */
export function letters(at: i32, step: i32, count: i32): i32 {
  let out = found
  for (let row = 0; row < count; row++, at += step) {
    const start = load<i32>(starts + (usize(at) << 2))
    const size = load<i32>(ends + (usize(at) << 2)) - start
    const isGood = size == 0 || (size == 1 && load<u8>(table + usize(load<u8>(usize(start + shift)))) != 0)
    store<i32>(out, row)
    out += usize(!isGood) << 2
  }
  return i32(out - found) >> 2
}

/** Cells of so many bytes; cells in which bytes are not characters only where `least` is at most one. */
export function lengths(at: i32, step: i32, count: i32, least: i32, most: i32): i32 {
  let out = found
  const mask = least > 1 ? u8(HIGH | ESCAPED) : u8(0)
  for (let row = 0; row < count; row++, at += step) {
    const size = load<i32>(ends + (usize(at) << 2)) - load<i32>(starts + (usize(at) << 2))
    const isGood = size == 0 || (size >= least && size <= most && (load<u8>(flags + usize(at)) & mask) == 0)
    store<i32>(out, row)
    out += usize(!isGood) << 2
  }
  return i32(out - found) >> 2
}

let empty: i32 = 0

/** Empty cells of the last column that `blanks` was asked about. */
export function emptyCells(): i32 {
  return empty
}

/** Lists filled cells whose first byte is in the table (256 bytes), and empty ones where `withEmpty` is 1. */
export function blanks(at: i32, step: i32, count: i32, withEmpty: i32): i32 {
  let out = found
  empty = 0
  for (let row = 0; row < count; row++, at += step) {
    const start = load<i32>(starts + (usize(at) << 2))
    const isEmpty = i32(load<i32>(ends + (usize(at) << 2)) == start)
    const mayBe = i32(load<u8>(table + usize(load<u8>(usize(start + shift)))) != 0) & (isEmpty ^ 1)
    empty += isEmpty
    store<i32>(out, row)
    out += usize(mayBe | (isEmpty & withEmpty)) << 2
  }
  return i32(out - found) >> 2
}

/** Lists cells that may be dates of numbers: eight bytes, a digit first, slash, dot or hyphen second or third. */
export function ordered(at: i32, step: i32, count: i32): i32 {
  let out = found
  for (let row = 0; row < count; row++, at += step) {
    const start = load<i32>(starts + (usize(at) << 2))
    const size = load<i32>(ends + (usize(at) << 2)) - start
    const word = load<u32>(usize(start + shift))
    const isDate = u32((word & 255) - 48 < 10) & (u32(((word >> 8) & 255) - 45 < 3) | u32(((word >> 16) & 255) - 45 < 3))
    store<i32>(out, row)
    out += usize(isDate & u32(size >= 8)) << 2
  }
  return i32(out - found) >> 2
}

/** Lists cells that can be damaged by themselves: a blank at an end, `#` first, `+` third from the end, an early hyphen. */
export function suspects(at: i32, step: i32, count: i32): i32 {
  let out = found
  for (let row = 0; row < count; row++, at += step) {
    const start = load<i32>(starts + (usize(at) << 2))
    const size = load<i32>(ends + (usize(at) << 2)) - start
    const s = usize(start + shift)
    const word = load<u32>(s)
    const last = s + usize(size)
    let isOdd = u32((word & 255) == 32) | u32((word & 255) == 35) | u32(load<u8>(last - 1) == 32)
    if (u32(size - 5) < 8) {
      isOdd |= u32(load<u8>(last - 3) == 43)
      const hyphen = u32(((word >> 8) & 255) == 45) | u32(((word >> 16) & 255) == 45) | u32(word >> 24 == 45)
      isOdd |= hyphen & u32(size <= 6)
    }
    store<i32>(out, row)
    out += usize(isOdd & u32(size != 0)) << 2
  }
  return i32(out - found) >> 2
}
