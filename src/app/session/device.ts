/** The name of this browser in the ledger: random, made once, kept with the settings; says nothing about the machine. */

let device: string | null = null

export function setDevice(id: string): void {
  device = id
}

export function deviceId(): string {
  device ??= newDeviceId()
  return device
}

export function newDeviceId(): string {
  return `d-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
