/** The sample clinic is invented, and every page that carries its name says so. */

/** Id of the sample in its manifest. */
export const sampleId = 'riverside'

/** "Riverside Clinic (invented)"; any other project by its name alone. */
export function statedName({ id, name }: { readonly id: string; readonly name: string }): string {
  return id === sampleId ? `${name} (invented)` : name
}
