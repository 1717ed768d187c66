import { fileTypeFromBuffer } from 'file-type'

// What a government receives: papers, pictures, recordings. Nothing that runs, and nothing that a browser would run.

/** The ending of a name → what its content must show itself to be. Old office files are all one container, and so are OFD and ZIP. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  pdf: ['application/pdf'],
  ofd: ['application/zip'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  doc: ['application/x-cfb'],
  xls: ['application/x-cfb'],
  wps: ['application/x-cfb'],
  et: ['application/x-cfb'],
  zip: ['application/zip'],
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  tif: ['image/tiff'],
  tiff: ['image/tiff'],
  heic: ['image/heic'],
  mp4: ['video/mp4'],
  mov: ['video/quicktime'],
  mp3: ['audio/mpeg'],
  m4a: ['audio/x-m4a', 'audio/mp4', 'video/mp4'],
  wav: ['audio/wav'],
  amr: ['audio/amr'],
  txt: ['text/plain'],
  csv: ['text/plain'],
}

/** Endings that may be uploaded. */
export const endings: readonly string[] = Object.keys(KINDS)

/** So many bytes from the beginning show what a content is. */
export const HEAD_BYTES = 65_536

/** The ending of a name, if it is one that may be uploaded. */
export function endingOf(name: string): string | undefined {
  const ending = /\.([A-Za-z0-9]{2,5})$/.exec(name)?.[1]?.toLowerCase()
  return ending !== undefined && Object.hasOwn(KINDS, ending) ? ending : undefined
}

/**
 * What a content shows itself to be.
 *
 * @param head its first {@link HEAD_BYTES} bytes, or all where it has fewer
 * @returns its media type if that is what the name's ending says; `undefined` where the content is another
 */
export async function typeOf(ending: string, head: Buffer): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(head)
  const type = found?.mime ?? (isText(head) ? 'text/plain' : undefined)
  return type !== undefined && KINDS[ending]!.includes(type) ? type : undefined
}

/** Text in UTF-8, or in the double bytes of GB 18030, has no control characters; and none that may be uploaded begins as markup does. */
function isText(head: Buffer): boolean {
  if (head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return false
  return !/^\uFEFF?\s*<(!doctype|html|svg|script|\?xml)/i.test(head.toString('utf8', 0, 200))
}
