/** Thresholds of the survival rules: conventions, each with its reference, all in one place that a project can change (`rules/workflow.json`). */
import type { Json } from '../../canonical.ts'

export interface Threshold {
  readonly value: number
  readonly unit: string
  readonly reference: string
}

export const defaultPolicy = {
  reduced: { value: 0.2, unit: 'share', reference: 'convention: a change under a fifth is not felt on the floor' },
  worsened: { value: 0.1, unit: 'share', reference: 'convention: half of the share that counts as a reduction' },
  'digitized-approval.reject': {
    value: 0.05,
    unit: 'share of cases',
    reference: 'Reijers & Limam Mansar 2005, control addition (reverse)',
  },
  'digitized-approval.least': {
    value: 1,
    unit: 'minutes per case',
    reference: 'convention: a new approval that takes less is felt by nobody',
  },
  'hand-off-ping-pong.returns': {
    value: 0.2,
    unit: 'returns per case',
    reference: 'Reijers & Limam Mansar 2005, case-based work',
  },
  'hand-off-ping-pong.severe': { value: 1, unit: 'returns per case', reference: 'convention: every case comes back once' },
  'hand-off-ping-pong.change-share': {
    value: 0.5,
    unit: 'changes per step',
    reference: 'convention: every second step changes hands',
  },
  'hand-off-ping-pong.changes': { value: 4, unit: 'changes per case', reference: 'convention' },
  'rework-loop.return': { value: 0.05, unit: 'share of cases', reference: 'Reijers & Limam Mansar 2005, control relocation' },
  'rework-loop.severe': { value: 0.15, unit: 'share of cases', reference: 'convention: one case in seven' },
  'overloaded-role.busy': {
    value: 0.85,
    unit: 'share of hours',
    reference: 'queueing theory: at 0.85 one server makes cases wait 5.7 services',
  },
  'overloaded-role.severe': {
    value: 0.95,
    unit: 'share of hours',
    reference: 'queueing theory: at 0.95 one server makes cases wait 19 services',
  },
  'late-for-deadline.share': { value: 0.1, unit: 'share of cases', reference: 'convention: one case in ten late' },
  'batch-and-wait.share': { value: 0.5, unit: 'share of lead time', reference: 'Reijers & Limam Mansar 2005, order-based work' },
  'batch-and-wait.takt': { value: 5, unit: 'takts per batch', reference: 'convention of value stream mapping' },
  'click-burden.clicks': { value: 14, unit: 'clicks', reference: '10.1016/j.ajem.2013.06.028: 4,000 clicks in a 10 hour shift' },
  'click-burden.screens': { value: 5, unit: 'screens', reference: 'convention' },
  'click-burden.growth': { value: 1.2, unit: 'times', reference: 'convention: a fifth more than today' },
  'click-burden.severe': { value: 30, unit: 'staff minutes per day', reference: 'convention: half an hour of a role each day' },
  'fixed-station-mobile-role.severe': { value: 3, unit: 'times per case', reference: 'convention: three walks per case' },
  'deferred-documentation.delay': {
    value: 15,
    unit: 'minutes',
    reference: 'convention; automated vitals save 96 s per reading and 75 % of errors (Meccariello)',
  },
  'alert-fatigue.alerts': { value: 1, unit: 'alerts per case', reference: 'convention: one interruption per case' },
  'alert-fatigue.override': {
    value: 0.9,
    unit: 'share of alerts',
    reference: 'JMIR Med Inform 2020 e15653: 46.2–96.2 % overridden',
  },
  'alert-fatigue.appropriate': {
    value: 0.1,
    unit: 'share of alerts',
    reference: 'JMIR Med Inform 2022 e40511: 7.3 % of alerts in an emergency department were appropriate',
  },
  'unmeasured-wait.share': { value: 0.8, unit: 'share of lead time', reference: 'convention of value stream mapping' },
  'unmeasured-wait.least': {
    value: 15,
    unit: 'minutes per case',
    reference: 'convention: shorter waits are felt without a clock',
  },
  'needless-serial.severe': { value: 10, unit: 'minutes', reference: 'Reijers & Limam Mansar 2005, parallelism; convention' },
  'late-knock-out.stop': { value: 0.05, unit: 'share of cases', reference: 'Reijers & Limam Mansar 2005, knock-out' },
  'late-knock-out.ordinary': {
    value: 0.5,
    unit: 'share of cases',
    reference: 'convention: an end that most cases come to is how the work ends',
  },
  'late-knock-out.cost': {
    value: 1,
    unit: 'minutes per case',
    reference: 'convention: a minute of work spent on cases that stop',
  },
  'skill-mismatch.protocol': {
    value: 0.9,
    unit: 'share of cases',
    reference: 'PRiMER 2023;7:31: refills by protocol, median 383 → 79 min',
  },
  'single-point-of-failure.share': {
    value: 0.5,
    unit: 'share of cases',
    reference: 'Reijers & Limam Mansar 2005, specialist-generalist; convention',
  },
  'inbox-as-paper-tray.forwarded': { value: 0.8, unit: 'share of items', reference: 'convention: four of five are passed on' },
  'moved-queue.gain': { value: 0.1, unit: 'share', reference: 'theory of constraints; convention: under a tenth is no gain' },
  'moved-queue.load': {
    value: 0.5,
    unit: 'share of hours',
    reference: 'convention: below half its hours a role holds nobody up',
  },
  'unsourced-step.touch': { value: 1, unit: 'minutes per case', reference: 'convention' },
} as const satisfies Readonly<Record<string, Threshold>>

export type PolicyKey = keyof typeof defaultPolicy
export type Policy = Readonly<Record<PolicyKey, Threshold>>

/** Where a project keeps the thresholds that it changed. */
export const policyPath = 'rules/workflow.json'

export const policyKeys: readonly PolicyKey[] = Object.keys(defaultPolicy).filter(isKey)

/** Only what differs from the conventions, one threshold per line, and what a file held that nobody knows; null when nothing is left. */
export function policyText(policy: Policy, kept: { readonly [name: string]: Json | undefined } = {}): string | null {
  const changed = policyKeys.filter((key) => policy[key].value !== defaultPolicy[key].value)
  const unknown = Object.entries(kept).filter(([name, value]) => !isKey(name) && value !== undefined)
  const lines = [
    ...changed.map((key) => `  ${JSON.stringify(key)}: { "value": ${policy[key].value} }`),
    ...unknown.map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`),
  ]
  return lines.length === 0 ? null : `{\n${lines.join(',\n')}\n}\n`
}

/** Reads `rules/workflow.json`: known names with a number replace the default, everything else is named. */
export function readPolicy(json: unknown): { readonly policy: Policy; readonly problems: readonly string[] } {
  const problems: string[] = []
  const policy: Record<string, Threshold> = { ...defaultPolicy }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { policy: defaultPolicy, problems: ['The policy is not an object.'] }
  for (const [name, given] of Object.entries(json)) {
    if (!isKey(name)) {
      problems.push(`There is no threshold “${name}”.`)
      continue
    }
    const value = typeof given === 'object' && given !== null && 'value' in given ? given.value : given
    if (typeof value !== 'number' || !(value >= 0)) problems.push(`The threshold “${name}” takes a number from 0 up.`)
    else
      policy[name] = {
        ...defaultPolicy[name],
        value,
        reference: `set by this project; otherwise ${defaultPolicy[name].value}: ${defaultPolicy[name].reference}`,
      }
  }
  return { policy: { ...defaultPolicy, ...policy }, problems }
}

function isKey(name: string): name is PolicyKey {
  return Object.hasOwn(defaultPolicy, name)
}
