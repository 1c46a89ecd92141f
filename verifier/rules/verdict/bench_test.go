package verdict

import "testing"

func BenchmarkJudge(b *testing.B) {
	e := genuine()
	for b.Loop() {
		if Judge(e).Verdict != Genuine {
			b.Fatal("not genuine")
		}
	}
}
