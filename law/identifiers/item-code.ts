import { halfWidth, refused } from './checked.ts'
import { provinceCodes } from './province-codes.ts'
import { checkUscc } from './uscc.ts'
import type { Checked } from './checked.ts'

/** 许可 处罚 强制 征收 给付 检查 确认 奖励 裁决 其他权力 公共服务 */
const TYPES = new Set(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '20'])

const FORMS: Record<number, 'basic' | 'implementation' | 'handling'> = { 12: 'basic', 31: 'implementation', 33: 'handling' }

interface Basic {
  readonly origin: string
  readonly type: string
}

/**
 * 政务服务事项编码, GB/T 39554.1-2020 [layout known, text not read: unverified].
 * Basic code: 2 origin, 2 item type, 2 national department, 3 main item, 3 sub-item. An implementation code puts the organ's credit code
 * and its level (1 nation … 6 village) before it; a handling code puts two characters after that.
 *
 * Reasons in order: `length`, `uscc`, `level`, `charset`, `origin`, `type`.
 * An implementing organ whose credit code does not start with 1 is the warning `organ`.
 */
export function checkItemCode(
  value: string,
): Checked<Basic & { readonly form: 'basic' | 'implementation' | 'handling'; readonly organ?: string; readonly level?: string }> {
  const written = halfWidth(value)
  const form = FORMS[[...written].length]
  if (!form) return refused('length')
  const code = written.toUpperCase()
  if (form === 'basic') {
    const basic = readBasic(code)
    return typeof basic === 'string' ? refused(basic) : { valid: true, normalized: code, form, ...basic }
  }

  const organ = checkUscc(code.slice(0, 18))
  if (!organ.valid) return refused('uscc')
  const level = code[18]!
  if (!/[1-6]/.test(level)) return refused('level')
  const basic = readBasic(code.slice(19, 31), code.slice(31))
  if (typeof basic === 'string') return refused(basic)

  const parts = { valid: true, normalized: code, form, organ: organ.normalized, level, ...basic } as const
  if (organ.department !== '1') return { ...parts, warning: 'organ' }
  return organ.warning ? { ...parts, warning: organ.warning } : parts
}

/** The parts of a basic code, or the reason why it is none. */
function readBasic(code: string, handling = ''): Basic | string {
  if (!/^\d+$/.test(code) || !/^[0-9A-Z]*$/.test(handling)) return 'charset'
  const origin = code.slice(0, 2)
  if (origin !== '00' && !provinceCodes.has(origin)) return 'origin'
  const type = code.slice(2, 4)
  return TYPES.has(type) ? { origin, type } : 'type'
}
