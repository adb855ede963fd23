/**
 * Abbreviations that were misread and harmed: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021); those of The
 * Joint Commission's “Do Not Use” list (IM.02.02.01) are watched in every free text, the others where medicines are written.
 */
import type { DisplayMark } from '../model/display-mark.ts'

export interface ErrorProne {
  /** As a token of the text; a group named `mark` is the part that is marked, else all of it. */
  readonly pattern: RegExp
  readonly reason: string
  /** What it means, as both lists write it; null where it means two things. */
  readonly reads: string | null
  readonly everywhere: boolean
}

/** The words stand alone, `last` before no other word, since AS and IN are words in capitals; dots between their letters are optional. */
function token(
  words: string,
  reason: string,
  reads: string | null,
  { cased = false, everywhere = false, last = false } = {},
): ErrorProne {
  const forms = words.split(' ').map((word) => [...word].map((letter) => letter.replace(/[/.]/, '\\$&')).join('\\.?'))
  const behind = last ? '\\s*(?![\\p{L}\\p{N}\\s])' : ''
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})\\.?(?![\\p{L}\\p{N}])(?=${behind})`, cased ? 'gu' : 'giu')
  return { pattern, reason, reads, everywhere }
}

/** A unit behind a number. */
function unit(words: string, reason: string, reads: string, everywhere = false): ErrorProne {
  const forms = words.split(' ').join('|')
  return { pattern: new RegExp(`(?<=\\d\\s?)(?:${forms})(?![\\p{L}\\p{N}])`, 'gu'), reason, reads, everywhere }
}

const cased = { cased: true }
const lastly = { cased: true, last: true }
const always = { everywhere: true }

export const errorProne: readonly ErrorProne[] = [
  // Doses and units.
  unit('U u', 'read as 0, 4 or cc', 'units', true),
  unit('IU iu', 'read as IV or 10', 'units', true),
  unit('cc', 'read as u, units', 'mL'),
  unit('µg μg ug', 'read as mg, a thousand times as much', 'mcg'),
  token('ug', 'read as mg, a thousand times as much', 'mcg', cased),
  {
    pattern: /(?<![\p{L}\p{N}])[µμ]g(?![\p{L}\p{N}])/gu,
    reason: 'read as mg, a thousand times as much',
    reads: 'mcg',
    everywhere: false,
  },
  {
    pattern: /(?<=\d\s?)(?:MM|M|K)(?=\s*units?\b)/gu,
    reason: 'stands for a thousand or a million',
    reads: null,
    everywhere: false,
  },
  // How often.
  token('qd', 'read as QID, four times a day', 'daily', always),
  token('qod', 'read as QD or QID', 'every other day', always),
  token('q1d', 'read as QID, four times a day', 'daily'),
  {
    pattern: /(?<![\p{L}\p{N}])q\d+[ap]m(?![\p{L}\p{N}])/giu,
    reason: 'read as every so many hours',
    reads: null,
    everywhere: false,
  },
  token('od', 'once daily, or right eye', null),
  token('qhs', 'read as qhr, every hour', 'at bedtime'),
  token('hs', 'half-strength, or at bedtime', null),
  token('qn', 'read as qh, every hour', 'nightly'),
  token('bt', 'read as BID, twice a day', 'bedtime'),
  token('tiw', 'read as three times a day or twice a week', 'three times weekly'),
  token('biw', 'read as twice a day', 'twice weekly'),
  token('ud', 'read as unit dose', 'as directed'),
  // Where and how.
  token('SC SQ', 'SC is read as SL, SQ as 5 every', 'subcutaneously', cased),
  {
    pattern: /(?<![\p{L}\p{N}])sub\.? ?q(?![\p{L}\p{N}])/giu,
    reason: 'the q is read as every',
    reads: 'subcutaneously',
    everywhere: false,
  },
  token('AD AS AU', 'right, left or each ear, read as the eyes OD, OS, OU', null, lastly),
  token('OS OU', 'left or each eye, read as the ears AS, AU', null, lastly),
  token('IN', 'read as IM or IV', 'intranasal', lastly),
  token('IJ', 'read as IV or intrajugular', 'injection', cased),
  token('OJ', 'read as OD or OS', 'orange juice', cased),
  {
    pattern: /(?<![\p{L}\p{N}])per os(?![\p{L}\p{N}])/giu,
    reason: 'os is read as left eye',
    reads: 'by mouth',
    everywhere: false,
  },
  // What is done.
  token('d/c', 'discharge, or discontinue', null),
  token('SSI', 'read as Strong Solution of Iodine', 'sliding scale insulin', cased),
  // Medicines.
  token('MS', 'morphine sulfate, or magnesium sulfate', null, cased),
  token('mso4', 'read as magnesium sulfate', 'morphine sulfate', always),
  token('mgso4', 'read as morphine sulfate', 'magnesium sulfate', always),
  token('AZT', 'zidovudine, read as azathioprine or aztreonam', null, cased),
  token('CPZ', 'prochlorperazine, read as chlorpromazine', null, cased),
  token('HCT', 'hydrocortisone, read as hydrochlorothiazide', null, cased),
  token('HCTZ', 'hydrochlorothiazide, read as hydrocortisone', null, cased),
  token('MTX', 'methotrexate, read as mitoxantrone', null, cased),
  token('PTU', 'propylthiouracil, read as mercaptopurine', null, cased),
  token('TAC', 'triamcinolone, read as tetracaine, adrenaline, cocaine', null, cased),
  token('TNK', 'read as TPA', 'TNKase', cased),
  token('tpa', 'read as TNK', 'alteplase'),
  token('znso4', 'read as morphine sulfate', 'zinc sulfate'),
  token('T3', 'liothyronine, read as paracetamol with codeine no. 3', null, cased),
]

/** @param all false outside medicines: only what no free text may hold */
export function* abbreviationMarks(text: string, all: boolean): Generator<DisplayMark> {
  for (const { pattern, reason, reads, everywhere } of errorProne) {
    if (!all && !everywhere) continue
    for (const found of text.matchAll(pattern))
      yield { from: found.index, to: found.index + found[0].length, kind: 'abbreviation', reason, reads }
  }
}
