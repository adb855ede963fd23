/**
 * Tries to leave the origin and to run generated code, in the page and in each worker, and says what was held back.
 * Held back means that the policy itself said so (a `securitypolicyviolation` event): being offline would look the same as a failed request.
 */

import { type Held, isWebRtc, waysOut } from './ways-out.ts'

/** `true` = the policy held the attempt back. */
export interface PolicyProbe {
  readonly fetch: boolean
  readonly fetchSibling: boolean | null
  readonly importScript: boolean
  readonly generatedCode: boolean
  /** Names of ways out that should have been taken away and are there. */
  readonly open: readonly string[]
}

/** Reserved by RFC 2606: the name can never resolve, so the probe sends nothing even where the policy is missing. */
const nowhere = 'https://carryover-probe.invalid/'

/** @param siblingOrigin a second origin on the loopback, when the page is served locally; `fetch` to it must be held back as well. */
export async function probePolicy(siblingOrigin: string | null): Promise<PolicyProbe> {
  return {
    fetch: await heldBack('connect-src', () => fetch(nowhere, { mode: 'no-cors' })),
    fetchSibling: siblingOrigin === null ? null : await heldBack('connect-src', () => fetch(siblingOrigin, { mode: 'no-cors' })),
    importScript: await heldBack('script-src', () => import(/* @vite-ignore */ `${nowhere}probe.js`)),
    generatedCode: generatedCodeFails(),
    open: openWays(),
  }
}

/** Each line of the table that is held by being taken away, tried here. */
function openWays(): string[] {
  return waysOut.filter(({ realm, held }) => (realm !== 'page' || page !== undefined) && isOpen(held)).map(({ name }) => name)
}

/** What is tried of a page; a worker has none. */
interface Page {
  createElement(tag: string): { setAttribute(name: string, value: string): void }
}

const page: Page | undefined = Reflect.get(globalThis, 'document')

function isOpen(held: Held): boolean {
  switch (held.by) {
    case 'removal':
      return held.members.some(isThere)
    case 'element':
      return page !== undefined && succeeds(() => page.createElement(held.tag))
    case 'link':
      // Never inserted, so nothing is asked for even where it is not refused.
      return page !== undefined && succeeds(() => page.createElement('link').setAttribute('href', nowhere))
    default:
      return false
  }
}

function isThere(member: string): boolean {
  if (member === 'RTC*') return Object.getOwnPropertyNames(globalThis).some(isWebRtc)
  const [owner = '', name] = member.split('.')
  if (name === undefined) return owner in globalThis
  const place: object | undefined = owner === 'Navigator' ? navigator : Reflect.get(globalThis, owner)?.prototype
  return place !== undefined && name in place
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

async function heldBack(directive: string, attempt: () => Promise<unknown>): Promise<boolean> {
  let violated = false
  const listen = (event: Event): void => {
    const effective = 'effectiveDirective' in event ? String(event.effectiveDirective) : ''
    if (effective.startsWith(directive)) violated = true
  }
  globalThis.addEventListener('securitypolicyviolation', listen)
  try {
    await attempt().catch(() => undefined)
    // The event is dispatched as a task of its own, after the request has failed.
    for (let turn = 0; turn < 20 && !violated; turn++) await new Promise((resolve) => setTimeout(resolve, 5))
  } finally {
    globalThis.removeEventListener('securitypolicyviolation', listen)
  }
  return violated
}

function generatedCodeFails(): boolean {
  try {
    new Function('return 1')()
    return false
  } catch {
    return true
  }
}
