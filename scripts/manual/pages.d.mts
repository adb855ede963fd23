/** The pages of docs/ that Help shows, and where each picture of them lies and is called. @param docs the folder */
export function manual(docs: string): Promise<{
  readonly pages: readonly {
    readonly path: string
    readonly title: string
    readonly group: string
    readonly blocks: readonly unknown[]
  }[]
  readonly pictures: readonly { readonly file: string; readonly name: string }[]
}>
