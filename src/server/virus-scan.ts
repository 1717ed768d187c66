import net from 'node:net'
import { Refusal } from '#engine/refusal.ts'
import type { Readable } from 'node:stream'

/** A scanner that has not answered by then is not there. */
const PATIENCE_MS = 60_000

/** Where clamd listens: `host:port`, or the path of a Unix socket. Absent: nothing is scanned. */
export function scannerFrom(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return environment['YIFA_CLAMD'] || undefined
}

/**
 * Lets nothing pass in which the scanner finds something.
 *
 * @param name of the file, for whoever sent it
 * @throws Refusal `file.infected`, and as {@link scanned}
 */
export async function refuseHarmful(content: Readable, name: string, scanner: string): Promise<void> {
  const found = await scanned(content, scanner)
  if (found !== undefined) throw infected(name, found)
}

/**
 * Has a content looked at by clamd (its command INSTREAM: the content in chunks, each after its length, an empty one at the end). Written out
 * because it is a dozen lines, and the libraries for it bring the starting of programs with them.
 *
 * @returns what was found in it, by the scanner's name; `undefined`: nothing
 * @throws Refusal `file.scanner-unreachable`: also of what the scanner would not look at, such as a content longer than it takes
 */
export async function scanned(content: Readable, scanner: string): Promise<string | undefined> {
  const [, host, port] = /^([^/]+):(\d+)$/.exec(scanner) ?? []
  const socket = host === undefined ? net.connect(scanner) : net.connect(Number(port), host)
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('the scanner does not answer')))
  try {
    const answer = text(socket)
    // Read to the end below; what goes wrong before is known by then, and must not be nobody's.
    answer.catch(() => {})
    await send(socket, content)
    const said = (await answer).replace(/\0$/, '')
    const [, found] = /^stream: (.+) FOUND$/.exec(said) ?? []
    if (found === undefined && said !== 'stream: OK') throw new Error(said)
    return found
  } catch (error) {
    throw unreachable(error)
  } finally {
    socket.destroy()
    content.destroy()
  }
}

async function send(socket: net.Socket, content: Readable): Promise<void> {
  await written(socket, Buffer.from('zINSTREAM\0'))
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    await written(socket, Buffer.concat([length, chunk]))
  }
  await written(socket, Buffer.alloc(4))
}

function written(socket: net.Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())))
}

async function text(socket: net.Socket): Promise<string> {
  let said = ''
  for await (const chunk of socket as AsyncIterable<Buffer>) said += chunk.toString()
  return said
}

function infected(name: string, found: string): Refusal {
  return new Refusal({
    code: 'file.infected',
    exit: 2,
    message: [`文件“${name}”含有恶意内容（${found}），没有保存。`, `“${name}” holds something harmful (${found}) and was not kept.`],
    basis: ['上传的文件须经病毒扫描。', 'What is uploaded is scanned.'],
    remedy: ['请查杀病毒后重新上传，或改用打印件、照片。', 'Clean it and upload it again, or bring a print or a photograph.'],
  })
}

function unreachable(cause: unknown): Refusal {
  return new Refusal({
    code: 'file.scanner-unreachable',
    message: ['文件未能查毒，没有保存。', 'The file could not be scanned, and was not kept.'],
    basis: [
      '本系统的文件须经病毒扫描；扫描程序没有应答或拒绝了该文件。',
      'Files are scanned here; the scanner does not answer, or would not look at it.',
    ],
    remedy: ['请稍后重新上传；仍不成功的，请联系运维人员。', 'Upload it again later; if it fails again, tell whoever runs the machine.'],
    cause,
  })
}
