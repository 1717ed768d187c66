import { CardTable } from './CardTable.tsx'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { RowError } from '../server/register-sheet.ts'

/** What is wrong with which cell of a sheet. */
export function RowErrors({ errors }: { readonly errors: readonly RowError[] }) {
  const say = useSay()
  return (
    <CardTable
      caption={say(words.importErrors(errors.length))}
      rows={errors}
      keyOf={({ row, column, message }) => `${row}/${column}/${message}`}
      columns={[
        { name: say(words.row), cell: ({ row }) => row },
        { name: say(words.column), cell: ({ column }) => column },
        { name: say(words.message), cell: ({ message }) => message },
      ]}
    />
  )
}
