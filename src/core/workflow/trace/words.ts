/** Labels of steps as bags of words that mean something: no stop words, no media, light stems, health synonyms. */

const stops = set(
  'a an the of to in into on onto at by for from with and or as is are about after before again out up off over per via if any all last next new own first same',
)

/** A step keeps its meaning on another medium, so these words say nothing about which step it became. */
const media = set(
  'paper electronic electronically digital e online screen portal inbox slip form sheet tray folder tablet computer system app web site workqueue queue basket board card index book diary log rack hand film voice recognition auto automatic automatically barcode',
)

/** Words that people in clinics use for the same thing; each line is one meaning. */
const groups = [
  'sign approve initial authorise authorize acknowledge countersign finalize finalise cosign authorization authorisation',
  'md physician provider doctor clinician gp',
  'nurse rn lpn',
  'assistant ma cna',
  'desk receptionist reception clerk secretary agent registrar registration scheduler coordinator',
  'technologist radiographer technician tech',
  'refill renewal renew repeat',
  'chart record file',
  'call phone telephone ring contact notify tell inform remind reminder alert message text page',
  'check verify review read screen look examine inspect confirm validate reconcile reconciliation interpret',
  'see evaluate assess examine visit',
  'book schedule appointment slot pencil',
  'send submit transmit deliver forward fax mail post release route carry',
  'type enter key rekey transcribe write document note dictate fill complete capture',
  'give administer hand',
  'vaccine vaccination shot immunization immunisation injection',
  'take measure capture acquire obtain collect run',
  'find search pull fetch retrieve query',
  'payer insurance insurer coverage',
  'result test finding lab laboratory',
  'vital vitals pressure temperature',
  'drug medication medicine prescription rx e-prescription',
  'order request requisition place',
  'image imaging film xray picture',
  'triage sort level acuity',
  'bring escort room transport walk',
  'choose select decide decision pick',
  'claim charge bill billing superbill',
  'summary letter report consult',
  'greet register welcome',
  'follow track chase',
  'copy attach duplicate scan',
  'watch observe monitor',
  'denial denied appeal reject',
]

const meaning: ReadonlyMap<string, readonly number[]> = meanings()

export interface Word {
  readonly text: string
  readonly stem: string
  readonly groups: readonly number[]
}

/** Words in the order of the label. A label of nothing but media keeps these. */
export function wordsOf(label: string): readonly Word[] {
  const plain = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const all = plain
    .replace(/\be-(?=[a-z])/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !stops.has(word))
  const kept = all.filter((word) => !media.has(word))
  return (kept.length > 0 ? kept : all).map((text) => {
    const stem = stemOf(text)
    return { text, stem, groups: meaning.get(text) ?? meaning.get(stem) ?? [] }
  })
}

/** 1 for the same stem, 0.85 for the same meaning, the share of equal letters where words look alike, otherwise 0. */
export function wordSimilarity(a: Word, b: Word): number {
  if (a.stem === b.stem) return 1
  if (a.groups.some((group) => b.groups.includes(group))) return 0.85
  const alike = letterSimilarity(a.stem, b.stem)
  return alike >= 0.7 ? alike : 0
}

/** Best partner of each word, averaged both ways (Klinkmüller et al., BPM 2013). */
export function bagSimilarity(a: readonly Word[], b: readonly Word[]): number {
  if (a.length === 0 || b.length === 0) return 0
  const oneWay = (from: readonly Word[], to: readonly Word[]): number =>
    from.reduce((sum, word) => sum + to.reduce((best, other) => Math.max(best, wordSimilarity(word, other)), 0), 0) / from.length
  return (oneWay(a, b) + oneWay(b, a)) / 2
}

/** 1 − edit distance over the longer length. */
export function letterSimilarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  if (longer === 0) return 1
  if (Math.abs(a.length - b.length) > longer / 2) return 0
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return 1 - (row[b.length] ?? 0) / longer
}

/** Takes plural, -ing, -ed and a doubled letter before them off; what is left of short words stays. */
function stemOf(word: string): string {
  if (word.length <= 4) return word.length === 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, 3) : word
  const bare = word.replace(/ies$/, 'y').replace(/(?:ing|ed|es|s)$/, (end) => (word.endsWith('ss') ? end : ''))
  const single = bare.replace(/([^aeiouls])\1$/, '$1')
  return single.length >= 3 ? single.replace(/e$/, '') : word
}

function meanings(): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const [group, line] of groups.entries())
    for (const word of line.split(' '))
      for (const key of new Set([word, stemOf(word)])) {
        const list = found.get(key)
        if (list) list.push(group)
        else found.set(key, [group])
      }
  return found
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
