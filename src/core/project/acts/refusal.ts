/** A step that is not taken, with the sentence that says why. */
export function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}
