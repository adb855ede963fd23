/** The documents of format version 1: where each lies. */

export const paths = {
  manifest: 'carryover.json',
  board: 'board.json',
  sources: 'data/sources.json',
  baseline: 'baseline.json',
  plan: 'review/plan.json',
  frame: 'review/frame.tsv',
  draw: 'review/draw.json',
  traps: 'review/traps.json',
  verdicts: 'review/verdicts.jsonl',
  calibration: 'review/calibration.jsonl',
  ledger: 'ledger.jsonl',
  /** The end of each device's chain under that device's key. */
  heads: 'ledger-heads.json',
  /** Key salt, lower-case hex, in `{"salt": "…"}`. */
  salt: 'private/salt.json',
  /** Comments of readers by SHA-256 of their text. */
  comments: 'private/comments.json',
  /** What people wrote in the hazard log, by digest. */
  hazardTexts: 'private/hazards.json',
  /** What people said to each other about maps, findings and criteria, one line per comment. */
  talk: 'private/talk.jsonl',
  /** Record keys by keyed hash, and names of readers by slug. */
  roster: 'private/roster.json',
  hiddenTraps: 'private/traps.json',
  /** Records that open sessions. */
  prepared: 'private/prepared.json',
  worklist: 'review/worklist.json',
  chartAudits: 'review/chart-audits.json',
  /** Every act on the hazard log. */
  hazards: 'review/hazards.json',
  /** Record numbers of the charts drawn, by keyed hash. */
  chartNumbers: 'private/charts.json',
  /** How forks of the ledger were settled, and what was put aside then. */
  forks: 'incidents/forks.json',
  givenUp: 'incidents/given-up.jsonl',
  givenUpVerdicts: 'incidents/given-up-verdicts.jsonl',
  givenUpCalibration: 'incidents/given-up-calibration.jsonl',
  /** Entries of other copies whose person had no role for them. */
  quarantined: 'incidents/quarantined.jsonl',
  /** Says what a redacted bundle lacks. */
  redacted: 'redacted.json',
  /** Record numbers of golden patients. */
  golden: 'private/golden.json',
} as const
