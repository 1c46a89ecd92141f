package tools

import (
	"log/slog"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a build is.
type progress interface {
	step()
	done()
}

// newProgress draws a bar on a terminal, and logs a line now and then elsewhere.
func newProgress(log *slog.Logger, title string, total int) progress {
	if term.IsTerminal(int(os.Stderr.Fd())) {
		return &bar{progressbar.NewOptions(total, progressbar.OptionSetWriter(os.Stderr),
			progressbar.OptionSetDescription("building "+title), progressbar.OptionShowCount(),
			progressbar.OptionSetElapsedTime(true), progressbar.OptionClearOnFinish())}
	}
	log.Info("building "+title+", which takes a few minutes the first time", "packages", total)
	return &lines{log: log, title: title, total: total, last: time.Now()}
}

type bar struct{ *progressbar.ProgressBar }

func (b *bar) step() { _ = b.Add(1) }
func (b *bar) done() { _ = b.Finish() }

type lines struct {
	log         *slog.Logger
	title       string
	total, made int
	last        time.Time
}

const between = 15 * time.Second

func (l *lines) step() {
	l.made++
	if time.Since(l.last) > between {
		l.last = time.Now()
		l.log.Info("building "+l.title, "packages", l.made, "of", l.total)
	}
}

func (l *lines) done() { l.log.Info("built " + l.title) }
