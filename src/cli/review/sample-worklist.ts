/** `carryover sample worklist`: the flags of the worklist; projects are opened only when it runs. */
import { type Command, Option } from 'commander'
import type { WorklistFormat } from './worklist-printed.ts'

export function addWorklist(sample: Command): void {
  sample
    .command('worklist')
    .argument('<project>', 'a project folder or a .carryover file')
    .description('what readers called harmful or wrong, until it is read again and right')
    .addOption(
      new Option('--format <format>', 'text, csv or json; json where the result goes to another program').choices([
        'text',
        'csv',
        'json',
      ]),
    )
    .addHelpText(
      'after',
      '\nExample:\n  carryover sample worklist riverside --format csv\n(carryover example --out riverside writes that project)\n',
    )
    .action(async (path: string, { format }: { readonly format?: WorklistFormat }) => {
      const { printWorklist } = await import('./worklist-printed.ts')
      await printWorklist(path, format)
    })
}
