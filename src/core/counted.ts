/** Numbers with the word they count: "1 patient", "2 patients". */

/** `shown` is the number as it is printed, where that is not its plain digits. */
export function counted(count: number, one: string, many = `${one}s`, shown = String(count)): string {
  return `${shown} ${count === 1 ? one : many}`
}
