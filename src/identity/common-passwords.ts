/**
 * The commonest passwords that leaks have shown, those of Chinese users first, as they are compared: small letters, no spaces.
 *
 * A selection from SecLists (danielmiessler/SecLists, MIT): Passwords/Common-Credentials, the Chinese list of the thousand commonest and the
 * list of 2024, and some that every operator knows (admin888). Those shorter than eight characters are kept, for longer ones are made of them.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
123456 123456789 111111 123123 000000 5201314 12345678 a123456 7758521 123321 11111111 1314520 666666 1234567 123456a 888888
123123123 1234567890 woaini 654321 5211314 112233 88888888 woaini1314 00000000 password qq123456 147258369 7758258 520520 123654
aaaaaa 100200 121212 a123456789 110110 147258 1111111 123456abc zxcvbnm 987654321 asdasd iloveyou 31415926 123qwe 1314521 abc123
222222 qazwsx 159357 999999 123456789a asd123 qwerty 456852 qwe123 201314 159753 521521 qqqqqq 1qaz2wsx aa123456 1q2w3e4r q123456
555555 789456123 woaini123 789456 584520 333333 abc123456 110120 woaini520 123000 778899 a123123 753951 25257758 123698745
1111111111 woaiwojia 123456aa asd123456 11223344 456123 101010 7758520 5845211314 147852 woaini521 111222 z123456 qweqwe 3.1415926
qwertyuiop 123456qq 456789 7777777 abcd1234 321321 beijing2008 asdfgh 211314 5845201314 asdfghjkl qwe1234 qazwsxedc 131421
741852963 123456123 5201314520 12301230 windows 123abc zxc123 123654789 qweasdzxc a111111 zxcvbnm123 110119 a5201314 qwe123456
168168 aini1314 1q2w3e w123456 0123456789 xiaoxiao 111111111 0000000000 woshishui 12341234 yangyang 520520520 zhang123 asdasdasd
963852741 buzhidao 1234qwer 5841314520 110110110 asdfasdf hao123456 1357924680 135792468 12344321 1q2w3e4r5t as123456 qaz123
111222333 123321123 qwer1234 qq123123 a1234567 abcdefg 110120119 q1w2e3r4 147896325 521521521 147852369 12345678910 zxcvbn
zxc123456 q123456789 1123581321 9876543210 sunshine asdf1234 zhangwei 87654321 qq5201314 qaz123456 woailaopo wojiushiwo wangjian
dragon 123qweasd 7894561230 1qazxsw2 nihaoma qazwsx123 michael jingjing weiwei a12345678 computer 1234554321 qwaszx wangwei
qq123456789 123456789123 forever woaiwoziji 123456654321 aaa123456 wang123 fuckyou qw123456 wangyang 12qwaszx superman maomao
a1b2c3d4 123789456 13141314 monkey love1314 abcd123456 li123456 tiantian killer 1122334455 princess football wang123456 shadow
zhanghao q1w2e3r4t5 123456789abc woshishen freedom internet goodluck 0987654321 tianshi 1029384756 master liu123456 tigger
zaq12wsx zag12wsx shanghai beijing qwert12345 123qwe123 woaimama zhimakaimen woxiangni asdf123456 qwerty123 qwerty1 password1
target123 1g2w3e4r q1w2e3r4t5y6 zhongguo china baseball pokemon 111222tianya 1qaz2wsx3edc 1qaz2wsx3edc4rfv p@ssw0rd p@ssword
passw0rd admin administrator root test testing password123 starwars jordan liverpool welcome trustno1 naruto letmein hello
chocolate samsung alexander minecraft changeme admin123 admin888 whatever batman facebook hello123 qwerty1234 qwertyuiop123
iloveyou1314 woaini5201314 correcthorsebatterystaple zaq1xsw2 asdfghjkl123 abcdefghijkl abcdefgh 123456789012 1234567890123
654321654321
`
    .trim()
    .split(/\s+/),
)
