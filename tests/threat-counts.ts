/** How often a threat of docs/explanation/hardening.md is tried: the page prints the same numbers. */
import counts from '../scripts/accept/hardening/threat-counts.json' with { type: 'json' }

export function timesOf(threat: keyof typeof counts): number {
  return process.env.LONG ? counts[threat].long : counts[threat].ci
}
