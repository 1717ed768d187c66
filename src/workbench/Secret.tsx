import { Alert, Button } from 'antd'
import { useSay } from './language.tsx'
import { useState } from 'react'
import { words } from './words.ts'

/** What the server tells this once and keeps nowhere: to be copied before the page is left. */
export function Secret({ title, value, onClose }: { readonly title: string; readonly value: string; readonly onClose: () => void }) {
  const say = useSay()
  const [copied, setCopied] = useState<boolean>()
  return (
    <Alert
      type="warning"
      role="status"
      title={title}
      description={
        <>
          <p>
            <code className="secret">{value}</code>
          </p>
          <p>{say(words.shownOnce)}</p>
          <p className="row">
            {/* Where the browser does not let a page copy, the text is there to be marked. */}
            <Button
              onClick={() =>
                void navigator.clipboard.writeText(value).then(
                  () => setCopied(true),
                  () => setCopied(false),
                )
              }
            >
              {say(words.copy)}
            </Button>
            <Button onClick={onClose}>{say(words.noted)}</Button>
            <span role="status">{copied === undefined ? '' : say(copied ? words.copied : words.copyByHand)}</span>
          </p>
        </>
      }
    />
  )
}
