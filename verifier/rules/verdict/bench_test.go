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

// A verdict is made of texts that were taken apart at start. What it allocates says so on any
// machine: it was twice as much when texts were read anew for each.
func TestJudgeAllocates(t *testing.T) {
	e := genuine()
	if got := testing.AllocsPerRun(20, func() { Judge(e) }); got > 170 {
		t.Errorf("a verdict takes %.0f allocations", got)
	}
}
