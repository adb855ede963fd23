/** The result of linkage as JSON, CSV or text; identifiers and values are shown on request only, places always. */
import { counted } from '../../counted.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import type { LinkCaution, LinkedPair, LinkPlace, LinkReason, LinkResult } from './linkage-types.ts'

export interface LinkReportOptions {
  readonly version: string
  readonly run: { readonly started: string; readonly seconds: number }
  /** Path of each input, in their order. */
  readonly paths: readonly string[]
  readonly reveal: boolean
}

export const cautionWords: Readonly<Record<LinkCaution, string>> = {
  'possible-twins': 'possible twins',
  'parent-and-child': 'possibly parent and child of one name',
  'conflicting-ids': 'different national identifiers',
  'weak-cluster': 'hangs together with records that do not fit',
}

export function linkJson(result: LinkResult, options: LinkReportOptions): string {
  const name = namer(options)
  const place = ({ input, record, line, byte }: LinkPlace) => ({ input, record, line, byte })
  const document = {
    tool: { name: 'carryover', version: options.version },
    run: options.run,
    inputs: result.inputs.map((input, i) => ({ path: options.paths[i] ?? input.name, ...input })),
    records: result.records,
    pairsCompared: result.pairsCompared,
    pairs: result.pairs.map((pair) => ({
      a: name(pair.a),
      b: name(pair.b),
      weight: rounded(pair.weight),
      probability: probability(pair.probability),
      proposal: pair.proposal,
      cautions: pair.cautions,
      why: pair.why.map((reason) => sentence(reason, options.reveal)),
      places: [place(pair.a), place(pair.b)],
    })),
    clusters: result.clusters.map(({ records }) => records.map(name)),
    clusterNotes: result.clusters.map(({ proposal, cautions, weakest }) => ({
      proposal,
      cautions,
      weakest: probability(weakest),
    })),
    falseMerges: result.falseMerges.map(({ field, records, conflicts }) => ({ field, records: records.map(name), conflicts })),
    model: result.model,
    warnings: result.warnings,
    largeBlocks: result.largeBlocks,
    notEvaluated: result.notEvaluated,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

const header = ['a', 'b', 'weight', 'probability', 'proposal', 'cautions', 'why'] as const

/** One line per pair, for people in a spreadsheet. */
export function linkCsv(result: LinkResult, options: LinkReportOptions): string {
  const name = namer(options)
  const lines = result.pairs.map((pair) => [
    name(pair.a),
    name(pair.b),
    String(rounded(pair.weight)),
    String(probability(pair.probability)),
    pair.proposal,
    pair.cautions.join(' '),
    pair.why.map((reason) => sentence(reason, options.reveal)).join('; '),
  ])
  return [header, ...lines].map((cells) => `${csvLine(cells, 'spreadsheet')}\r\n`).join('')
}

/** Pairs shown in the text; the other formats have all. */
const pairsShown = 50

export function linkText(result: LinkResult, options: LinkReportOptions): string {
  const name = namer(options)
  const proposed = result.clusters.filter(({ proposal }) => proposal === 'propose')
  const toReview = result.pairs.filter(({ proposal }) => proposal === 'review')
  const lines = [
    ...result.inputs.map(({ name: file, records, status, columns }) =>
      [
        `${file}: ${counted(records, 'record')}, ${status}`,
        ...columns.map(({ field, column, evidence }) => `  ${field}: ${column} (${evidence})`),
      ].join('\n'),
    ),
    ...result.notEvaluated.map(({ what, why }) => `${what}: ${why}`),
    ...result.warnings,
    ...result.largeBlocks.map(
      ({ rule, records, pairsNotCompared }) =>
        `${counted(records, 'record')} share one ${rule}: their ${counted(pairsNotCompared, 'pair')} were not compared under this rule.`,
    ),
    `${counted(result.records, 'record')}, ${counted(result.pairsCompared, 'pair')} compared: ${counted(proposed.length, 'cluster')} to join if a person agrees, ${counted(toReview.length, 'pair')} to look at.`,
    ...result.falseMerges.map(
      ({ field, records, conflicts }) =>
        `One ${field}, two people? ${records.map(name).join(', ')} differ in ${conflicts.join(', ')}.`,
    ),
    ...result.pairs.slice(0, pairsShown).map((pair) => pairText(pair, name, options.reveal)),
    ...(result.pairs.length > pairsShown
      ? [`… and ${result.pairs.length - pairsShown} more; --format json or csv has all.`]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

function pairText(pair: LinkedPair, name: (place: LinkPlace) => string, reveal: boolean): string {
  const cautions = pair.cautions.map((caution) => cautionWords[caution]).join(', ')
  const head = `${pair.proposal === 'propose' ? 'join?  ' : 'review '} ${name(pair.a)} and ${name(pair.b)}: probability ${probability(pair.probability)}${cautions === '' ? '' : ` (${cautions})`}`
  return `${head}\n    ${pair.why.map((reason) => sentence(reason, reveal)).join('; ')}`
}

/** "same birth date +11.2"; with the values behind it where they may be shown. */
export function sentence({ words, weight, values }: LinkReason, reveal: boolean): string {
  const bits = `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`
  const shown = reveal && values ? ` (${values.map((value) => value ?? 'nothing').join(' · ')})` : ''
  return `${words} ${bits}${shown}`
}

/** A record by its identifier, or, as identifiers are those of patients, by file and number. */
function namer({ paths, reveal }: LinkReportOptions): (place: LinkPlace) => string {
  return ({ input, record, id }) => (reveal && id !== null ? id : `${paths[input] ?? input}#${record}`)
}

function rounded(weight: number): number {
  return Math.round(weight * 100) / 100
}

function probability(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
