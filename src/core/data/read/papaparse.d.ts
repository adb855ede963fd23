/** The one call of papaparse that is used, declared by hand: its type package would bring Node's types into core. */
declare module 'papaparse' {
  const Papa: {
    parse(
      text: string,
      options: {
        delimiter: string
        quoteChar: string
        header: false
        dynamicTyping: false
        preview: number
        skipEmptyLines: boolean
      },
    ): {
      readonly data: readonly (readonly string[])[]
      readonly meta: { readonly delimiter: string; readonly linebreak: string }
    }
  }
  // biome-ignore lint/style/noDefaultExport: that is how the package exports itself
  export default Papa
}
