import { get } from '../api.ts'
import { Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { OrganJson } from '../../server/api/organs.ts'

/** An organ of the register in force. Props are what a form gives to its control. */
export function OrganField(props: { readonly id?: string; readonly value?: string; onChange?(value: string): void }) {
  const say = useSay()
  const { data = [], isPending } = useQuery({
    queryKey: ['/organs'],
    queryFn: ({ signal }) => get<readonly OrganJson[]>('/organs', signal),
    staleTime: 600_000,
  })
  return (
    <Select
      {...props}
      className="medium"
      showSearch={{ optionFilterProp: 'label' }}
      // A dialog lies above everything, and so above a list that hangs from the page.
      getPopupContainer={(field: HTMLElement) => field.closest('dialog') ?? document.body}
      allowClear
      loading={isPending}
      placeholder={say(words.organPlaceholder)}
      options={data.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
