import { Result } from 'antd'
import { useSay } from './language.tsx'
import { words } from './words.ts'

export function NotFound() {
  return <Result status="404" title={useSay()(words.notFound)} />
}
