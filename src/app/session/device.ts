/** The name of this browser in the ledger: random, made once, kept with the settings; says nothing about the machine. */

let device: string | null = null
/** All its names: a browser whose chain somebody else went on with takes another one. */
const names = new Set<string>()

export function setDevice(id: string): void {
  device = id
  names.add(id)
}

/** Names that this browser had before the page was loaded, as a visit keeps them. */
export function setEarlierDevices(ids: readonly string[]): void {
  for (const id of ids) names.add(id)
}

export function deviceNames(): readonly string[] {
  return [...names].sort()
}

export function isThisDevice(id: string): boolean {
  return id === deviceId() || names.has(id)
}

export function deviceId(): string {
  device ??= newDeviceId()
  return device
}

export function newDeviceId(): string {
  return `d-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
