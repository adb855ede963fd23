/** Whether WebAssembly may be asked for: each entry of the program says so for its own thread, because the reader can not find it out. */

let isAllowed = false

/** Says that the place where this runs allows WebAssembly: asking where it does not would be reported as an attack. */
export function allowKernel(): void {
  isAllowed = true
}

export function mayUseKernel(): boolean {
  return isAllowed
}
