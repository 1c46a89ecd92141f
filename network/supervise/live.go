package supervise

import (
	"context"
	"fmt"
	"syscall"
	"time"
)

// A process that runs and does nothing is as good as dead, and is started again:
// one that is stopped (kill -STOP), one that neither answers nor computes, and
// one that has not answered for long. A busy machine makes none of them.
const (
	liveEvery  = time.Second
	stoppedFor = 3 * time.Second  // stopped
	idleFor    = 8 * time.Second  // no answer, and no time used
	silentFor  = 60 * time.Second // no answer
)

// watch ends the process when it hangs. It begins when the process is ready.
func (c *child) watch(running context.Context, pid int) {
	since := hang{answered: time.Now(), computed: time.Now(), ran: time.Now()}
	for {
		select {
		case <-running.Done():
			return
		case <-time.After(liveEvery):
		}
		since.look(pid, c.lives(running))
		if why := since.why(); why != "" && running.Err() == nil {
			c.sup.log.Warn("process hangs, ending it", "process", c.spec.Name, "why", why, "log", c.process.Log)
			c.sup.update(c, func(p *Process) { p.LastHang = why })
			_ = syscall.Kill(-pid, syscall.SIGKILL)
			return
		}
	}
}

func (c *child) lives(running context.Context) bool {
	if c.spec.Live == nil {
		return true
	}
	ctx, cancel := context.WithTimeout(running, probeLimit)
	defer cancel()
	return c.spec.Live(ctx) == nil
}

// hang is when a process last did what one that works does.
type hang struct {
	answered, computed, ran time.Time
	used                    string // of the processor
}

func (h *hang) look(pid int, answers bool) {
	now := time.Now()
	if answers {
		h.answered = now
	}
	state, used := activity(pid)
	if used != h.used {
		h.used, h.computed = used, now
	}
	if state != "T" {
		h.ran = now
	}
}

func (h *hang) why() string {
	silent := time.Since(h.answered)
	switch {
	case time.Since(h.ran) > stoppedFor:
		return "it is stopped"
	case silent > idleFor && time.Since(h.computed) > idleFor:
		return fmt.Sprintf("it has neither answered nor computed for %s", idleFor)
	case silent > silentFor:
		return fmt.Sprintf("it has not answered for %s", silentFor)
	}
	return ""
}

// activity is a process's state and the processor's time that it has used.
func activity(pid int) (state, used string) {
	fields := stat(pid)
	if len(fields) <= statKern {
		return "", ""
	}
	return fields[statState], fields[statUser] + " " + fields[statKern]
}
