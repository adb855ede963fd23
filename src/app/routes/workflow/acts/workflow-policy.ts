/** The thresholds of the open project: read from its file, changed one by one. */
import { refuse } from '../../../../core/project/acts/refusal.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { isMembers, type Members } from '../../../../core/values/json.ts'
import {
  defaultPolicy,
  type Policy,
  type PolicyKey,
  policyPath,
  policyText,
  readPolicy,
} from '../../../../core/workflow/map/policy.ts'
import { actAtOnce } from '../../../session/act.ts'

/** The conventions where the project has no file, or one that is not JSON. */
export function policyOf(project: Pick<Project, 'other'> | null): Policy {
  const bytes = project?.other.get(policyPath)
  if (bytes === undefined) return defaultPolicy
  const known = policies.get(bytes)
  if (known) return known
  const policy = policyIn(bytes)
  policies.set(bytes, policy)
  return policy
}

/** The bytes of a document never change: read once, so that a comparison knows that it is judged as the one before. */
const policies = new WeakMap<Uint8Array, Policy>()

function policyIn(bytes: Uint8Array): Policy {
  try {
    return readPolicy(JSON.parse(new TextDecoder().decode(bytes))).policy
  } catch {
    return defaultPolicy
  }
}

/** What the file of the project holds; a sentence where it can not be read, and then it is not written over. */
function heldPolicy(project: Pick<Project, 'other'>): Members | string {
  const bytes = project.other.get(policyPath)
  if (bytes === undefined) return {}
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isMembers(json) ? json : `${policyPath} holds no JSON object; mend or remove the file first.`
  } catch {
    return `${policyPath} is not JSON; mend or remove the file first.`
  }
}

/** What of the project's thresholds is not used as written. */
export function policyProblems(project: Pick<Project, 'other'>): readonly string[] {
  const held = heldPolicy(project)
  return typeof held === 'string' ? [held] : readPolicy(held).problems
}

/** Null takes the convention again; what was judged follows by itself. */
export function setThreshold(key: PolicyKey, value: number | null): void {
  actAtOnce((project) => {
    const held = heldPolicy(project)
    if (typeof held === 'string') return refuse(held)
    const before = policyOf(project)
    const policy: Policy = { ...before, [key]: value === null ? defaultPolicy[key] : { ...defaultPolicy[key], value } }
    const text = policyText(policy, held)
    const other = new Map(project.other)
    if (text === null) other.delete(policyPath)
    else other.set(policyPath, new TextEncoder().encode(text))
    return { ok: true, project: { ...project, other } }
  })
}
