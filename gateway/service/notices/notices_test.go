package notices

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/gateway/service/servicetest"
)

// rest is what a test does not use.
type rest = Webhooks

type kept struct {
	rest
	hooks []record.Webhook
	full  bool
}

func (k *kept) AddWebhook(_ context.Context, w record.Webhook, _ string) (bool, error) {
	k.hooks = append(k.hooks, w)
	return !k.full, nil
}

func (k *kept) Webhooks(_ context.Context, party string) ([]record.Webhook, error) {
	return []record.Webhook{{ID: "hook of " + party}}, nil
}

func (k *kept) Webhook(_ context.Context, party, id string) (record.Webhook, bool, error) {
	return record.Webhook{
		ID:     id,
		Party:  party,
		URL:    "https://shop.example",
		Secret: []byte("sealed:whsec_1"),
	}, id == "hook of "+party, nil
}

func (k *kept) Deliveries(context.Context, record.DeliveryFilter, record.Paging) (record.Page[record.Delivery], error) {
	return record.Page[record.Delivery]{Items: []record.Delivery{{}}}, nil
}

type box struct{}

func (box) Seal(_ string, plain []byte) []byte { return append([]byte("sealed:"), plain...) }
func (box) Open(_ string, sealed []byte) ([]byte, error) {
	return []byte(strings.TrimPrefix(string(sealed), "sealed:")), nil
}

type sender struct {
	fail   error
	secret string
}

func (s *sender) CheckURL(target string) error {
	if !strings.HasPrefix(target, "https://") {
		return &trace.Error{Code: trace.FieldInvalid, Field: "url"}
	}
	return nil
}

func (s *sender) Send(_ context.Context, _, _ string, secret, _ []byte, _ time.Time) (int, error) {
	s.secret = string(secret)
	return 503, s.fail
}

var shop = service.Caller{Account: "li", Party: "shop"}

func TestAddWebhook(t *testing.T) {
	for name, x := range map[string]struct {
		n    NewWebhook
		full bool
		code trace.Code
	}{
		"all events":    {n: NewWebhook{URL: "https://shop.example"}},
		"plain http":    {n: NewWebhook{URL: "http://shop.example"}, code: trace.FieldInvalid},
		"no such event": {n: NewWebhook{URL: "https://shop.example", Events: []record.NoticeKind{"gossip"}}, code: trace.FieldInvalid},
		"too many":      {n: NewWebhook{URL: "https://shop.example"}, full: true, code: service.WebhookLimit},
	} {
		w, ledger := servicetest.Writer()
		k := &kept{full: x.full}
		made, err := (&Service{Writer: w, Webhooks: k, Sender: &sender{}, Box: box{}}).AddWebhook(
			t.Context(), shop, x.n,
		)
		if trace.CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
		if x.code == trace.FieldInvalid && len(k.hooks)+len(ledger.Audited) != 0 {
			t.Errorf("%s: refused, and kept %v", name, k.hooks)
		}
		if x.code == "" &&
			(string(k.hooks[0].Secret) != "sealed:"+made.Secret || made.Secret == "" || len(ledger.Audited) != 1) {
			t.Errorf("%s: the secret is kept as %q, audited %d times", name, k.hooks[0].Secret, len(ledger.Audited))
		}
	}
}

func TestATrialSaysWhatWentWrong(t *testing.T) {
	w, _ := servicetest.Writer()
	send := &sender{fail: errors.New("answered 503")}
	s := &Service{Writer: w, Webhooks: &kept{}, Sender: send, Box: box{}}
	trial, err := s.TryWebhook(t.Context(), shop, "hook of shop")
	if err != nil || trial.Arrived || trial.Answer != 503 || trial.Error != "answered 503" || send.secret != "whsec_1" {
		t.Errorf("%+v %v, signed with %q", trial, err, send.secret)
	}
	if _, err := s.TryWebhook(t.Context(), shop, "hook of maker"); trace.CodeOf(err) != service.WebhookUnknown {
		t.Errorf("another's: %v", err)
	}
}

func TestDeliveriesAreTheOwnersOwn(t *testing.T) {
	s := &Service{Webhooks: &kept{}}
	if page, err := s.ListDeliveries(t.Context(), shop, "hook of shop", "", record.Paging{}); err != nil ||
		len(page.Items) != 1 {
		t.Errorf("%+v %v", page, err)
	}
	if _, err := s.ListDeliveries(t.Context(), shop, "hook of maker", "", record.Paging{}); trace.CodeOf(
		err,
	) != service.WebhookUnknown {
		t.Errorf("another's: %v", err)
	}
}

// Waits double, end at the longest, and spread by a fifth either way.
func TestBackOff(t *testing.T) {
	for tries, want := range map[int]time.Duration{1: 10 * time.Second, 2: 20 * time.Second, 5: 160 * time.Second, 10: 5120 * time.Second, 11: 2 * time.Hour, 40: 2 * time.Hour} {
		for range 50 {
			if got := backOff(tries); got < want*4/5 || got > want*6/5 {
				t.Fatalf("after %d tries %v, want about %v", tries, got, want)
			}
		}
	}
}

// A licence that ends is told of once for each threshold, and again when it is renewed.
func TestRemindersNameWhatEndsAndWhen(t *testing.T) {
	now := servicetest.Now
	p := trace.Party{ID: "shop", Status: trace.StatusQualified,
		Licences: []trace.Licence{{Kind: "food", Number: "1", ValidTo: trace.DayOf(now).AddDays(5)}}}
	first := reminders(p, now)
	if len(first) == 0 || first[0].Kind != record.NoticeExpiring {
		t.Fatalf("%+v", first)
	}
	if again := reminders(p, now); again[0].Ref != first[0].Ref {
		t.Errorf("told twice: %q and %q", first[0].Ref, again[0].Ref)
	}
	p.Licences[0].ValidTo = trace.DayOf(now).AddDays(6)
	if renewed := reminders(p, now); len(renewed) == 0 || renewed[0].Ref == first[0].Ref {
		t.Errorf("not told again: %+v", renewed)
	}
	p.Status = trace.StatusSuspended
	if all := reminders(p, now); len(all) != 0 {
		t.Errorf("a suspended party: %+v", all)
	}
}
