/** The order in which `--format` and `--out` were written, which the parser of the command line does not keep. */

export type OutputFlag = 'format' | 'out'

export interface OutputOrder {
  /** Every `--format` and `--out`, first to last. */
  readonly flags: readonly OutputFlag[]
  /** Collects the values of one of them. */
  readonly collect: (flag: OutputFlag) => (value: string, before: readonly string[]) => readonly string[]
}

export function outputOrder(): OutputOrder {
  const flags: OutputFlag[] = []
  return {
    flags,
    collect: (flag) => (value, before) => {
      flags.push(flag)
      return [...before, value]
    },
  }
}
