package wording

import "testing"

// Everybody whose languages we lack reads English; who names none reads Chinese.
func TestChoose(t *testing.T) {
	for accept, want := range map[string]string{
		"": Chinese, "not a language!": Chinese, "zh": Chinese, "zh-CN": Chinese, "zh-TW": Chinese, "zh-Hans-CN,en;q=0.5": Chinese, "en;q=0.1,zh;q=0.9": Chinese,
		"en": English, "en-GB,en;q=0.9": English, "ja": English, "ja-JP": English, "ko": English, "ko-KR,ko;q=0.9": English, "fr": English, "fr,en;q=0.1": English,
		"ja,zh;q=0.5": Chinese, "ko,en;q=0.8,zh;q=0.5": English, "*": Chinese,
	} {
		if got := Choose(accept); got != want {
			t.Errorf("%q is answered in %s, want %s", accept, got, want)
		}
	}
}

func TestChooseLocale(t *testing.T) {
	for locale, want := range map[string]string{
		"": Chinese, "C": Chinese, "C.UTF-8": Chinese, "POSIX": Chinese, "zh": Chinese, "zh_CN.UTF-8": Chinese, "zh_TW": Chinese,
		"en": English, "en_GB.UTF-8": English, "ja_JP.UTF-8": English, "ko_KR.eucKR": English, "de_DE@euro": English,
	} {
		if got := ChooseLocale(locale); got != want {
			t.Errorf("%q reads %s, want %s", locale, got, want)
		}
	}
}
