import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from '#engine/refusal.ts'

export interface FolderLock {
  release(): void
}

/**
 * Holds a data folder for this process: two servers on one folder would be the end of it. The file names the process and when it began,
 * so that a lock left by a killed process, or by one whose number was given to another, holds nobody up.
 *
 * @throws Refusal `data.in-use`
 */
export function lockFolder(folder: string): FolderLock {
  const file = path.join(folder, '.lock')
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid) })
  for (;;) {
    try {
      fs.writeFileSync(file, mine, { flag: 'wx' })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = holderOf(file)
      if (holder !== undefined) throw inUse(folder, holder)
      fs.rmSync(file, { force: true })
    }
  }
  return {
    release() {
      if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === mine) fs.rmSync(file)
    },
  }
}

/** The process that holds the lock, if it lives. */
function holderOf(file: string): number | undefined {
  try {
    const { pid, began } = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number; began: string | null }
    return isRunning(pid) && beganAt(pid) === began ? pid : undefined
  } catch (error) {
    // Half-written by a process that was killed, or removed meanwhile: nobody holds it.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Start time of a process in clock ticks since boot, where the system tells it. */
function beganAt(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function inUse(folder: string, pid: number): Refusal {
  return new Refusal({
    code: 'data.in-use',
    message: [`数据目录“${folder}”正由进程 ${pid} 使用。`, `The data folder “${folder}” is in use by process ${pid}.`],
    basis: ['一个数据目录同时只由一个服务打开。', 'A data folder is open to one server at a time.'],
    remedy: ['请先停止该服务，或用 --data 指定另一目录。', 'Stop that server, or name another folder with --data.'],
  })
}
