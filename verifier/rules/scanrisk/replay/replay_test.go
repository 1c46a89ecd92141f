package replay_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/replay"
	"github.com/touchstone-trace/touchstone/verifier/rules/scanrisk/simulate"
)

var update = flag.Bool("update", false, "write the golden file anew")

const heading = "time,gtin,lot,serial,event,city,lat,lon,device\n"

func TestGolden(t *testing.T) {
	log, err := os.ReadFile("testdata/log.csv")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := replay.Run(bytes.NewReader(log), &out); !errors.Is(err, replay.ErrRows) {
		t.Errorf("error %v", err)
	}
	if *update {
		if err := os.WriteFile("testdata/log.jsonl", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/log.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), out.String()); d != "" {
		t.Error(d)
	}
}

func TestHeading(t *testing.T) {
	for name, c := range map[string]struct {
		log string
		ok  bool
	}{
		"nothing":            {"", false},
		"only the heading":   {heading, true},
		"without line end":   {strings.TrimSpace(heading), true},
		"as Windows writes":  {"\xef\xbb\xbf" + strings.TrimSpace(heading) + "\r\n", true},
		"another order":      {"device,lon,lat,city,event,serial,lot,gtin,time\n", true},
		"capitals, blanks":   {"Time, GTIN, Lot, Serial, Event, City, Lat, Lon, Device\n", true},
		"quoted, and more":   {"\"time\",\"event\",\"serial\",\"note\"\n", true},
		"without serial":     {"time,gtin,lot,event,city,lat,lon,device\n", false},
		"no heading":         {"2026-03-01T08:00:00Z,1,L1,A,scan,,,,d\n", false},
		"heading overlong":   {strings.Repeat("x", 1<<17), false},
		"heading not closed": {"\"" + heading, false},
	} {
		if err := replay.Run(strings.NewReader(c.log), new(bytes.Buffer)); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What one system writes and another leaves out means the same.
func TestSpelling(t *testing.T) {
	usual := heading + `2026-03-01T08:00:00Z,1,L1,A,scan,上海,31.2,121.5,d1
2026-03-20T08:00:00Z,1,L1,A,scan,成都,,,d2
2026-04-10T08:00:00Z,1,L1,A,scan,,45.8,126.5,
`
	for name, log := range map[string]string{
		"as Windows writes": "\xef\xbb\xbf" + strings.ReplaceAll(usual, "\n", "\r\n"),
		"offsets, fractions and quotes": heading + `2026-03-01T16:00:00.25+08:00,"1",L1,"A",scan,"上海",31.2,121.5,d1
"2026-03-20 08:00:00",1, L1 ,A,SCAN,成都,,104.1,"d2"
2026-04-10T08:00:00.000Z,1,L1,A,scan,null,45.8,126.5,None
`,
		"another order, and a column more": `device,note,serial,event,time,lon,lat,city,lot,gtin
d1,x,A,scan,2026-03-01T08:00:00Z,121.5,31.2,上海,L1,1
d2,,A,scan,2026-03-20T08:00:00Z,,,成都,L1,1
,,A,scan,2026-04-10T08:00:00Z,126.5,45.8,,L1,1
`,
		"without gtin and lot": `time,serial,event,city,lat,lon,device
2026-03-01T08:00:00Z,A,scan,上海,31.2,121.5,d1
2026-03-20T08:00:00Z,A,scan,成都,,,d2
2026-04-10T08:00:00Z,A,scan,,45.8,126.5,
`,
	} {
		if d := cmp.Diff(answers(t, usual), answers(t, log)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func answers(t *testing.T, log string) string {
	t.Helper()
	var out bytes.Buffer
	if err := replay.Run(strings.NewReader(log), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// An overlong line is one malformed row, and the next is read.
func TestOverlongLine(t *testing.T) {
	log := heading + strings.Repeat("x", 1<<18) + "\n2026-03-01T08:00:00Z,1,L1,A,scan,,,,d\n"
	var out bytes.Buffer
	if err := replay.Run(strings.NewReader(log), &out); !errors.Is(err, replay.ErrRows) {
		t.Error(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "more than 65536 bytes") ||
		!strings.Contains(lines[1], `{"row":2,"serial":"A"`) {
		t.Errorf("%s", out.String())
	}
}

func simulated(tb testing.TB, units int) []byte {
	var log bytes.Buffer
	if err := simulate.Run(simulate.Regimes[0].Sized(units), 1).WriteCSV(&log); err != nil {
		tb.Fatal(err)
	}
	return log.Bytes()
}

func BenchmarkReplay(b *testing.B) {
	log := simulated(b, 100_000)
	lines := bytes.Count(log, []byte("\n"))
	for b.Loop() {
		if err := replay.Run(bytes.NewReader(log), new(bytes.Buffer)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// Whatever the input, every line gets its one answer, numbered and as JSON.
func FuzzRun(f *testing.F) {
	log, err := os.ReadFile("testdata/log.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(strings.TrimPrefix(string(log), heading))
	f.Add("2026-03-01T08:00:00Z,1,L1,A,scan,,NaN,1e9,d\r\n,,,,,,,,\n\"\n\x00")
	f.Add("2026-03-01T08:00:00Z,1,L1,\xff\u2028,scan,,-0,-180,d")
	f.Fuzz(func(t *testing.T, rows string) {
		var out bytes.Buffer
		if err := replay.Run(strings.NewReader(heading+rows), &out); err != nil && !errors.Is(err, replay.ErrRows) {
			t.Fatal(err)
		}
		want := strings.Count(rows, "\n")
		if rows != "" && !strings.HasSuffix(rows, "\n") {
			want++
		}
		got := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if out.Len() == 0 {
			got = nil
		}
		if len(got) != want {
			t.Fatalf("%d answers to %d lines", len(got), want)
		}
		for i, line := range got {
			var answer struct {
				Row             int
				Serial, Verdict *string
				Risk            *float64
				Reasons         []json.RawMessage
			}
			if err := json.Unmarshal([]byte(line), &answer); err != nil || answer.Row != i+1 {
				t.Fatalf("line %d: %s: %v", i+1, line, err)
			}
			if answer.Serial == nil || answer.Verdict == nil || answer.Reasons == nil || answer.Risk == nil {
				t.Fatalf("line %d: %s", i+1, line)
			}
			if !(*answer.Risk >= 0 && *answer.Risk <= 1) {
				t.Fatalf("line %d: risk %v", i+1, *answer.Risk)
			}
		}
	})
}
