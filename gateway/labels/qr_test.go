package labels

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// plainPenalty is table 11 of ISO/IEC 18004, read line by line as it stands there.
func plainPenalty(m [][]bool) (p int) {
	n, dark := len(m), 0
	line := func(at func(i int) bool) {
		text := ""
		for i := range n {
			text += map[bool]string{true: "1", false: "0"}[at(i)]
		}
		for _, colour := range []string{"0", "1"} {
			other := map[string]string{"0": "1", "1": "0"}[colour]
			for run := range strings.SplitSeq(text, other) {
				if len(run) >= 5 {
					p += 3 + len(run) - 5
				}
			}
		}
		wide := "0000" + text + "0000" // the quiet zone is white too
		for i := 4; i+7 <= 4+n; i++ {
			if wide[i:i+7] == "1011101" && (wide[i-4:i] == "0000" || wide[i+7:i+11] == "0000") {
				p += 40
			}
		}
	}
	for i := range n {
		line(func(x int) bool { return m[i][x] })
		line(func(y int) bool { return m[y][i] })
		for x := range n {
			if m[i][x] {
				dark++
			}
			if i > 0 && x > 0 && m[i][x] == m[i-1][x] && m[i][x] == m[i][x-1] && m[i][x] == m[i-1][x-1] {
				p += 3
			}
		}
	}
	off := 100*dark/(n*n) - 50
	return p + 10*(max(off, -off)/5)
}

// The mask that is chosen is the one that the standard's own counting prefers.
func TestTheMaskIsTheStandards(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		text := make([]byte, 1+random.IntN(60))
		for i := range text {
			text[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:/.-"[random.IntN(40)]
		}
		q, fits := newQRCode(longestAddress(string(text)), 0)
		if !fits {
			t.Fatalf("%q fits nowhere", text)
		}
		code, err := q.plan.Encode(qrText(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		least := -1
		for _, mask := range q.masks {
			g := gridOf(code).over(mask)
			want := plainPenalty(g.modules())
			if got := g.penalty(); got != want {
				t.Fatalf("%q: penalty %d, want %d", text, got, want)
			}
			if least < 0 || want < least {
				least = want
			}
		}
		drawn, err := q.draw(Unit{URI: string(text)})
		if err != nil || plainPenalty(drawn) != least {
			t.Fatalf("%q: drawn with penalty %d, the least is %d: %v", text, plainPenalty(drawn), least, err)
		}
	}
}
