/** Thresholds of the survival rules: conventions, each with its reference, all in one place that a project can change (`rules/workflow.json`). */

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
  'overloaded-role.sla': { value: 0.1, unit: 'share of cases', reference: 'convention: one case in ten late' },
  'batch-and-wait.share': { value: 0.5, unit: 'share of lead time', reference: 'Reijers & Limam Mansar 2005, order-based work' },
  'batch-and-wait.takt': { value: 5, unit: 'takts per batch', reference: 'convention of value stream mapping' },
  'click-burden.clicks': { value: 14, unit: 'clicks', reference: '10.1016/j.ajem.2013.06.028: 4,000 clicks in a 10 hour shift' },
  'click-burden.screens': { value: 5, unit: 'screens', reference: 'convention' },
  'click-burden.growth': { value: 1.2, unit: 'times', reference: 'convention: a fifth more than today' },
  'click-burden.severe': { value: 30, unit: 'staff minutes per day', reference: 'convention: half an hour of a role each day' },
  'unsourced-step.touch': { value: 1, unit: 'minutes per case', reference: 'convention' },
} as const satisfies Readonly<Record<string, Threshold>>

export type PolicyKey = keyof typeof defaultPolicy
export type Policy = Readonly<Record<PolicyKey, Threshold>>

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
    else policy[name] = { ...defaultPolicy[name], value, reference: 'set by this project' }
  }
  return { policy: { ...defaultPolicy, ...policy }, problems }
}

function isKey(name: string): name is PolicyKey {
  return Object.hasOwn(defaultPolicy, name)
}
