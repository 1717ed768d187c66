/**
 * 长途区号 of mainland China. Where cities were joined, only the code that stayed is listed (株洲 and 湘潭 answer to 0731).
 * Compared with the geocoding data of Google's libphonenumber (Apache-2.0).
 */
const BY_PROVINCE: Record<string, string> = {
  直辖市和大城市: '010 020-025 027-029',
  河北: '0310-0319 0335',
  山西: '0349-0359',
  内蒙古: '0470-0479 0482 0483',
  辽宁: '0411-0419 0421 0427 0429',
  吉林: '0431-0439',
  黑龙江: '0451-0459 0464 0467-0469',
  江苏: '0510-0519 0523 0527',
  浙江: '0570-0580',
  安徽: '0550-0559 0561-0564 0566',
  福建: '0591-0599',
  江西: '0701 0790-0799',
  山东: '0530-0539 0543 0546 0631-0635',
  河南: '0370-0379 0391-0396 0398',
  湖北: '0710-0719 0722 0724 0728',
  湖南: '0730 0731 0734-0739 0743-0746',
  广东: '0660 0662 0663 0668 0750-0760 0762 0763 0766 0768 0769',
  广西: '0770-0779',
  海南: '0898',
  四川: '0812 0813 0816-0818 0825-0827 0830-0839',
  贵州: '0851-0859',
  云南: '0691 0692 0870-0879 0883 0886-0888',
  西藏: '0891-0897',
  陕西: '0911-0917 0919',
  甘肃: '0930-0939 0941 0943',
  青海: '0970-0977 0979',
  宁夏: '0951-0955',
  新疆: '0901-0903 0906 0908 0909 0990-0999',
}

export const areaCodes: ReadonlySet<string> = new Set(Object.values(BY_PROVINCE).flatMap((ranges) => ranges.split(' ').flatMap(codesOf)))

/** `0570-0580` → its eleven codes. */
function codesOf(range: string): string[] {
  const [first, last = first] = range.split('-') as [string, string?]
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => String(Number(first) + at).padStart(first.length, '0'))
}
