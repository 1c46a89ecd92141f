package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Kind is what an alarm is about. Each has an alert of docs/alerts.yml, and a runbook.
type Kind string

// The kinds.
const (
	RolledBack      Kind = "rolled_back"      // a peer has fewer blocks than it had
	Forked          Kind = "forked"           // a peer has another block than it had, or one that does not follow
	PeersDisagree   Kind = "peers_disagree"   // two peers have different blocks, or marks, at one number
	Unsound         Kind = "unsound"          // a block or a transaction that is not signed or marked as it must be
	AnchorRewritten Kind = "anchor_rewritten" // entries of a log are not those that were anchored
	ModelDiffers    Kind = "model_differs"    // the read model is not what the blocks give
)

// Kinds are all of them.
var Kinds = []Kind{RolledBack, Forked, PeersDisagree, Unsound, AnchorRewritten, ModelDiffers}

// Alarm is something that must never be. Who is the peer, the log or the model that it is about.
type Alarm struct {
	Kind Kind      `json:"kind"`
	Who  string    `json:"who"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Alarms are those that stand. A new one is counted, logged, and sent once.
type Alarms struct {
	log      *slog.Logger
	url      string // where alarms are sent; empty for nowhere
	client   http.Client
	standing *prometheus.GaugeVec
	raised   *prometheus.CounterVec

	mu  sync.Mutex
	all map[[2]string]Alarm
}

const sendTime = 5 * time.Second

// NewAlarms registers the numbers.
func NewAlarms(log *slog.Logger, url string, metrics prometheus.Registerer) *Alarms {
	a := &Alarms{
		log: log, url: url, client: http.Client{Timeout: sendTime}, all: map[[2]string]Alarm{},
		standing: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Namespace: "touchstone", Subsystem: "monitor", Name: "alarms", Help: "Alarms that stand, by kind.",
		}, []string{"kind"}),
		raised: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "touchstone", Subsystem: "monitor", Name: "alarms_total", Help: "Alarms raised, by kind.",
		}, []string{"kind"}),
	}
	metrics.MustRegister(a.standing, a.raised)
	for _, k := range Kinds {
		a.standing.WithLabelValues(string(k)).Set(0)
		a.raised.WithLabelValues(string(k)).Add(0)
	}
	return a
}

// Raise raises an alarm, where it does not stand already.
func (a *Alarms) Raise(ctx context.Context, kind Kind, who, format string, args ...any) {
	alarm := Alarm{kind, who, fmt.Sprintf(format, args...), time.Now().UTC()}
	a.mu.Lock()
	defer a.mu.Unlock()
	name := [2]string{string(kind), who}
	if _, stands := a.all[name]; stands {
		return
	}
	a.all[name] = alarm
	a.standing.WithLabelValues(string(kind)).Inc()
	a.raised.WithLabelValues(string(kind)).Inc()
	a.log.Error("ALARM", "kind", kind, "who", who, "text", alarm.Text, "runbook", "docs/runbooks")
	if a.url != "" {
		go a.send(context.WithoutCancel(ctx), alarm)
	}
}

// Clear ends an alarm, where it stands.
func (a *Alarms) Clear(kind Kind, who string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	name := [2]string{string(kind), who}
	if _, stands := a.all[name]; !stands {
		return
	}
	delete(a.all, name)
	a.standing.WithLabelValues(string(kind)).Dec()
	a.log.Warn("the alarm's reason is gone", "kind", kind, "who", who)
}

// Standing are the alarms that stand.
func (a *Alarms) Standing() (all []Alarm) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, alarm := range a.all {
		all = append(all, alarm)
	}
	return all
}

func (a *Alarms) send(ctx context.Context, alarm Alarm) {
	content, err := json.Marshal(alarm)
	if err == nil {
		err = a.post(ctx, content)
	}
	if err != nil {
		a.log.Error("the alarm could not be sent", "kind", alarm.Kind, "error", err)
	}
}

func (a *Alarms) post(ctx context.Context, content []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url, bytes.NewReader(content))
	if err != nil {
		return errors.New("TOUCHSTONE_ALARM_URL is no address")
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := a.client.Do(request)
	if err != nil {
		return errors.New("its receiver does not answer") // the address may hold a secret
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		return fmt.Errorf("its receiver answered %d", answer.StatusCode)
	}
	return nil
}
