package alike

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLike(t *testing.T) {
	const praise = "质量非常好，包装也很精美，物流很快，客服态度特别好，推荐大家购买！"
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{praise, praise, true},
		{praise, "质量非常好~包装也很精美~物流很快~客服态度特别好~推荐大家购买~~~", true},
		{praise, "质量非常好，包装也很精美，物流超快，客服态度特别好，推荐大家购买👍", true},
		{praise, "亲测！质量非常好，包装也很精美，物流很快，客服态度特别好，推荐大家购买！", true},
		{praise, "包装很精美，送人有面子，就是物流慢了两天，总体质量不错。", false},
		{praise, "用了一个月，皮肤没有过敏，味道淡淡的，下次还会再买。", false},
		{"Great quality, fast delivery, would buy again", "GREAT QUALITY!! Fast delivery; would buy again :)", true},
		{"Great quality, fast delivery, would buy again", "Ｇｒｅａｔ quality, fast delivery, would buy again", true},
		{"Great quality, fast delivery, would buy again", "The lid was broken and the delivery late", false},
		{"很好", "很好", false},
		{"好评好评", "好评好评", false},
		{"", "", false},
		{"！！！", "！！！", false},
	} {
		if got := Of(c.a).Like(Of(c.b)); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

// Whatever is put between the letters, a text stays like itself, both ways.
func TestNoiseDoesNotHide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z0-9\x{4e00}-\x{4eff}]{2,8}`), 5, 40).Draw(t, "words")
		noise := rapid.SampledFrom([]string{" ", "，", "~~", "!\n", "👍", " … "}).Draw(t, "noise")
		a, b := Of(strings.Join(words, "")), Of(strings.ToUpper(strings.Join(words, noise)))
		if !a.Like(b) || !b.Like(a) {
			t.Errorf("%q", words)
		}
	})
}

func FuzzOf(f *testing.F) {
	f.Add("质量非常好", "Good \xff quality")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := Of(a), Of(b)
		if x.Like(y) != y.Like(x) {
			t.Error("not the same both ways")
		}
	})
}
