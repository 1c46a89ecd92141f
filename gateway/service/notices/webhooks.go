package notices

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// Webhooks keeps where parties want their notices sent, and what was sent.
type Webhooks interface {
	AddWebhook(ctx context.Context, w record.Webhook, account string) (bool, error)
	Webhooks(ctx context.Context, party string) ([]record.Webhook, error)
	Webhook(ctx context.Context, party, id string) (w record.Webhook, found bool, err error)
	DeleteWebhook(ctx context.Context, party, id string) (bool, error)
	Deliveries(ctx context.Context, f record.DeliveryFilter, p record.Paging) (record.Page[record.Delivery], error)
	Replay(ctx context.Context, party string, delivery int64) (bool, error)
}

// Sender makes one attempt at a delivery. It refuses targets inside private
// networks, at every attempt.
type Sender interface {
	CheckURL(target string) error
	Send(ctx context.Context, target, id string, secret, body []byte, at time.Time) (status int, err error)
}

// NewWebhook asks for a webhook; no events means all.
type NewWebhook struct {
	URL    string              `json:"url"`
	Events []record.NoticeKind `json:"events,omitempty"`
}

// WebhookCreated is a new webhook with the secret that it signs with, shown this once.
type WebhookCreated struct {
	record.Webhook
	Secret string `json:"secret,omitempty"`
}

// AddWebhook makes a webhook for the caller's party.
func (s *Service) AddWebhook(ctx context.Context, c service.Caller, n NewWebhook) (WebhookCreated, error) {
	if err := s.Sender.CheckURL(n.URL); err != nil {
		return WebhookCreated{}, err
	}
	events := slices.Compact(slices.Sorted(slices.Values(n.Events)))
	for _, kind := range events {
		if _, known := noticeTitles[kind]; !known {
			return WebhookCreated{}, service.Refuse(
				trace.FieldInvalid, "events", "no_notice_kind", "kind", trace.Quoted(20, string(kind)),
			)
		}
	}
	if events == nil {
		events = []record.NoticeKind{}
	}
	var random [32]byte
	rand.Read(random[:])
	secret := "whsec_" + base64.RawURLEncoding.EncodeToString(random[:])
	w := record.Webhook{
		ID:        strings.ToLower(rand.Text()),
		Party:     c.Party,
		URL:       n.URL,
		Events:    events,
		CreatedAt: s.Writer.Now(),
	}
	w.Secret = s.Box.Seal(webhookLabel(w.ID), []byte(secret))
	if err := s.Writer.Audit(ctx, c, "webhook_create", map[string]string{"webhook": w.ID}); err != nil {
		return WebhookCreated{}, err
	}
	ok, err := s.Webhooks.AddWebhook(ctx, w, c.Account)
	if err == nil && !ok {
		err = service.Refuse(service.WebhookLimit, "", "delete_unneeded")
	}
	return WebhookCreated{Webhook: w, Secret: secret}, err
}

func webhookLabel(id string) string { return "webhook " + id }

// ListWebhooks lists the webhooks of the caller's party.
func (s *Service) ListWebhooks(ctx context.Context, c service.Caller) ([]record.Webhook, error) {
	return s.Webhooks.Webhooks(ctx, c.Party)
}

// DeleteWebhook ends a webhook of the caller's party.
func (s *Service) DeleteWebhook(ctx context.Context, c service.Caller, id string) error {
	ok, err := s.Webhooks.DeleteWebhook(ctx, c.Party, id)
	_, err = service.Found(id, ok, err)(service.WebhookUnknown, "id", id)
	return err
}

// WebhookTrial is what came of a trial entry: the HTTP status where there was an
// answer, and what went wrong where it was no 2xx.
type WebhookTrial struct {
	Arrived bool      `json:"arrived"`
	At      time.Time `json:"at"`
	Answer  int       `json:"answer,omitempty"`
	Error   string    `json:"error,omitempty"`
}

// TryWebhook sends a trial entry to a webhook of the caller's party, once and now.
func (s *Service) TryWebhook(ctx context.Context, c service.Caller, id string) (WebhookTrial, error) {
	w, ok, err := s.Webhooks.Webhook(ctx, c.Party, id)
	if w, err = service.Found(w, ok, err)(service.WebhookUnknown, "id", id); err != nil {
		return WebhookTrial{}, err
	}
	secret, err := s.Box.Open(webhookLabel(w.ID), w.Secret)
	if err != nil {
		return WebhookTrial{}, err
	}
	t := WebhookTrial{At: s.Writer.Now()}
	body, err := trace.Marshal(record.InboxEntry{Title: trialTitle,
		Notice: record.Notice{Party: c.Party, Kind: noticeTrial, Subject: w.ID, Detail: []byte("{}"), At: t.At}})
	if err != nil {
		return WebhookTrial{}, err
	}
	if t.Answer, err = s.Sender.Send(ctx, w.URL, "trial-"+rand.Text(), secret, body, t.At); err != nil {
		t.Error = err.Error()
	}
	t.Arrived = err == nil
	return t, nil
}

// noticeTrial is the kind of an entry that is about nothing; nobody can ask for it alone.
const noticeTrial record.NoticeKind = "trial"

var trialTitle = text("trialTitle")

// ListDeliveries lists what was sent to a webhook of the caller's party.
func (s *Service) ListDeliveries(
	ctx context.Context, c service.Caller, id, status string, p record.Paging,
) (record.Page[record.Delivery], error) {
	mine, err := s.Webhooks.Webhooks(ctx, c.Party)
	ok := slices.ContainsFunc(mine, func(w record.Webhook) bool { return w.ID == id })
	if _, err := service.Found(id, ok, err)(service.WebhookUnknown, "id", id); err != nil {
		return record.Page[record.Delivery]{}, err
	}
	return s.Webhooks.Deliveries(ctx, record.DeliveryFilter{Party: c.Party, Webhook: id, Status: status}, p)
}

// Replay sends a delivery of the caller's party again.
func (s *Service) Replay(ctx context.Context, c service.Caller, delivery int64) error {
	ok, err := s.Webhooks.Replay(ctx, c.Party, delivery)
	_, err = service.Found(delivery, ok, err)(service.DeliveryUnknown, "id", strconv.FormatInt(delivery, 10))
	return err
}

// Deliveries hands out deliveries that are due and keeps what became of each.
type Deliveries interface {
	// ClaimDeliveries gives at most limit, of one party at most each, and none of those that are busy.
	ClaimDeliveries(ctx context.Context, limit, each int, busy []string) ([]record.DueDelivery, error)
	Attempted(ctx context.Context, delivery int64, a record.Attempt, arrived bool, wait time.Duration) error
}

// Courier sends notices to webhooks. One that dies in the middle of an attempt
// is followed by another after the lease: a receiver may see a delivery twice.
type Courier struct {
	Deliveries Deliveries
	Sender     Sender
	Box        Box
	Now        func() time.Time
	Log        *slog.Logger
}

// Bounds of the courier: how many deliveries at a time, from how many on its way
// a party, whose server may be dead, gets no more, and how often it looks.
const (
	deliverAtOnce = 32
	deliverEach   = 4
	courierPause  = time.Second
)

// Run delivers until ctx ends. What is slow holds up its own party alone.
func (d *Courier) Run(ctx context.Context) {
	way := &underWay{of: map[string]int{}, less: make(chan struct{}, 1)}
	defer way.sending.Wait()
	for ctx.Err() == nil {
		free, busy := way.room()
		due, err := d.Deliveries.ClaimDeliveries(ctx, free, deliverEach, busy)
		if err != nil && ctx.Err() == nil {
			d.Log.Warn("cannot ask for deliveries", "error", err)
		}
		for _, x := range due {
			way.start(x.Webhook.Party, func() { d.deliver(ctx, x) })
		}
		if len(due) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
		case <-way.less:
		case <-time.After(courierPause):
		}
	}
}

// underWay is what a courier is sending. less is told when something has ended.
type underWay struct {
	sending sync.WaitGroup
	mu      sync.Mutex
	all     int
	of      map[string]int // by party
	less    chan struct{}
}

// room says how many deliveries more may be sent, and whose may not.
func (u *underWay) room() (free int, busy []string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	busy = []string{}
	for party, n := range u.of {
		if n >= deliverEach {
			busy = append(busy, party)
		}
	}
	return deliverAtOnce - u.all, busy
}

func (u *underWay) start(party string, send func()) {
	u.count(party, 1)
	u.sending.Go(func() {
		send()
		u.count(party, -1)
		select {
		case u.less <- struct{}{}:
		default:
		}
	})
}

func (u *underWay) count(party string, n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.all += n
	if u.of[party] += n; u.of[party] == 0 {
		delete(u.of, party)
	}
}

func (d *Courier) deliver(ctx context.Context, x record.DueDelivery) {
	attempt := record.Attempt{}
	status, err := d.send(ctx, x)
	if ctx.Err() != nil {
		return // the lease runs out and somebody else tries
	}
	if status != 0 {
		attempt.Answer = &status
	}
	if err != nil {
		attempt.Error = err.Error()
	}
	if err := d.Deliveries.Attempted(ctx, x.ID, attempt, err == nil, backOff(x.Tries)); err != nil {
		d.Log.Warn("cannot keep an attempt", "delivery", x.ID, "error", err)
	}
}

func (d *Courier) send(ctx context.Context, x record.DueDelivery) (int, error) {
	secret, err := d.Box.Open(webhookLabel(x.Webhook.ID), x.Webhook.Secret)
	if err != nil {
		return 0, err
	}
	body, err := trace.Marshal(Entry(x.Notice))
	if err != nil {
		return 0, err
	}
	return d.Sender.Send(ctx, x.Webhook.URL, strconv.FormatInt(x.ID, 10), secret, body, d.Now())
}

// pauses are those between attempts.
var pauses = wait.BackOff{First: 10 * time.Second, Longest: 2 * time.Hour}

// backOff is how long to wait after so many tries, which count from one.
func backOff(tries int) time.Duration { return wait.Spread(pauses.After(tries), 0.2) }
