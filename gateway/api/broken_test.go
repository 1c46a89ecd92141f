package api

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/problem"
)

// curl fetches an address as anybody's script does, and answers its exit code.
func curl(t *testing.T, arguments ...string) (int, string) {
	t.Helper()
	program, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("curl is missing, so nobody sees whether answers break off: install Debian's curl")
	}
	out, err := exec.Command(program, append([]string{"-s", "-S"}, arguments...)...).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), string(out)
	}
	return 0, string(out)
}

// A file that cannot be made to its end fails in the client, whatever has gone out already, and
// whether it is an error or a panic.
func TestABrokenStreamFailsInTheClient(t *testing.T) {
	for name, c := range map[string]struct {
		exit int
		end  func() error
	}{
		"whole":  {0, func() error { return nil }},
		"error":  {18, func() error { return errors.New("the database is gone") }},
		"panic":  {18, func() error { panic("no") }},
		"at eof": {18, func() error { return io.ErrUnexpectedEOF }},
	} {
		log := slog.New(slog.DiscardHandler)
		e := echo.New()
		e.HTTPErrorHandler = problemHandler(log)
		e.Use(newObserver(Options{Log: log, Metrics: prometheus.NewRegistry()}).middleware)
		e.GET("/file", func(ctx echo.Context) error {
			body, disposition, err := streamed(service.Download{Name: "labels.zpl", Write: func(w io.Writer) error {
				if _, err := io.WriteString(w, strings.Repeat("^XA^XZ\n", 100_000)); err != nil {
					return err
				}
				return c.end()
			}})
			if err != nil {
				return err
			}
			return GetJobFile200AsteriskResponse{Body: body, ContentType: "application/zpl",
				Headers: GetJobFile200ResponseHeaders{disposition}}.VisitGetJobFileResponse(ctx.Response())
		})
		server := httptest.NewServer(e)
		if exit, out := curl(t, "-o", "/dev/null", server.URL+"/file"); exit != c.exit {
			t.Errorf("%s: curl ends with %d, want %d: %s", name, exit, c.exit, out)
		}
		server.Close()
	}
}

// What is stored of a file is counted: one that lacks its end, or a piece, is no file.
func TestAJobsFileIsWholeOrFails(t *testing.T) {
	w := newWorld(t)
	w.runJobs()
	w.stock(30)
	file := w.url + "/api/v1/jobs/" + w.labelJob() + "/file"
	fetch := func() int {
		exit, _ := curl(t, "-o", "/dev/null", "-H", "Authorization: Bearer "+w.keys["maker"], file)
		return exit
	}
	if exit := fetch(); exit != 0 {
		t.Errorf("the whole file: curl ends with %d", exit)
	}
	if err := w.exec(`update app.job_piece set data = substr(data, 1, length(data) - 1)`); err != nil {
		t.Fatal(err)
	}
	if exit := fetch(); exit != 18 {
		t.Errorf("a file without its last byte: curl ends with %d, want 18", exit)
	}
}

// A lot in small letters prints whole, in every format.
func TestLabelsOfALotInSmallLetters(t *testing.T) {
	w := newWorld(t)
	w.stock(1)
	w.must("maker", 201, "POST", "/api/v1/batches", batch(gtin, "a1b2c3d4", 400))
	labels := path("/batches/%s/%s/labels", gtin, "a1b2c3d4")
	a := w.must("maker", 200, "POST", labels, object{"format": "zpl", "template": "roll-40x30"})
	if n := strings.Count(string(a.raw), "^GFA"); n != 400 {
		t.Errorf("%d labels of 400", n)
	}
	for _, format := range []string{"pdf", "svg", "png"} {
		w.must("maker", 200, "POST", labels, object{"format": format, "template": "a4-5x13"})
	}
}

// An attempt at a request that another one has taken over does not say that nothing was written: the other may write.
func TestATakenOverAttemptPromisesNothing(t *testing.T) {
	lost := &record.Unavailable{Err: fmt.Errorf("journalling of transaction 1: %w", record.ErrTakenOver)}
	if e := classify(lost); e.Code != problem.KeyInProgress {
		t.Errorf("%s: %s, want %s", e.Code, e.Detail().En, problem.KeyInProgress)
	}
	if e := classify(&record.Unavailable{Err: errors.New("no peer")}); e.Code != problem.Unavailable {
		t.Errorf("%s, want %s", e.Code, problem.Unavailable)
	}
}
