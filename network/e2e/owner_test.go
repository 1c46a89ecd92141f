package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// owner has a key, as a phone makes one.
type owner struct{ key *ecdsa.PrivateKey }

func newOwner(t *testing.T) owner {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return owner{key}
}

func (o owner) public(t *testing.T) string {
	t.Helper()
	point, err := o.key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(point)
}

// transactions are the acts, as they are signed.
var transactions = map[string]string{"pass_on": "PassOnUnit", "renew_key": "RenewOwnerKey",
	"report_stolen": "ReportUnitStolen", "withdraw_report": "WithdrawStolenReport"}

// signs gives the request for an act on a unit as its answer shows it.
func (o owner) signs(t *testing.T, u unit, act, next string) object {
	t.Helper()
	v := verdict(t, u.uri)
	item, state := v["item"].(object), v["owner"].(object)
	message := strings.Join(
		[]string{"touchstone/owner/v1", transactions[act], item["gtin"].(string), item["lot"].(string), u.serial,
			fmt.Sprintf("%.0f", state["acts"]), next},
		"\n",
	)
	digest := sha256.Sum256([]byte(message))
	r, s, err := ecdsa.Sign(rand.Reader, o.key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	signature := hex.EncodeToString(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
	request := object{"uri": u.uri, "act": act, "signature": signature}
	if next != "" {
		request["owner"] = next
	}
	return request
}

// paced posts at the pace that one address is allowed.
func paced(t *testing.T, path string, body object) (a answer) {
	t.Helper()
	ok := eventually(time.Minute, func() bool {
		a = request(t, http.MethodPost, touchstone.verify+path, "", body)
		return a.body["code"] != "TOO_MANY_REQUESTS"
	})
	if !ok {
		t.Fatalf("still told to slow down: %s", a.raw)
	}
	return a
}

func (o owner) claims(t *testing.T, u unit) answer {
	t.Helper()
	return paced(t, "/api/v1/activations", object{"uri": u.uri, "pin": u.pin, "owner": o.public(t)})
}

func (o owner) acts(t *testing.T, u unit, act, next string) answer {
	t.Helper()
	return paced(t, "/api/v1/ownership", o.signs(t, u, act, next))
}

// An owner's whole story on the ledger: claimed, seen by a later buyer, passed
// on, reported stolen by the next owner, found again.
func TestOwner(t *testing.T) {
	const lot = "202611Q01"
	gtin := newBatch(t, lot, 3)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 3))
	all := units(t, gtin, lot, 0, 3)
	u, ann, bo := all[0], newOwner(t), newOwner(t)
	must := func(a answer) {
		t.Helper()
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	refused := func(a answer, code string) {
		t.Helper()
		if a.body["code"] != code {
			t.Errorf("%d %s, want %s", a.status, a.raw, code)
		}
	}
	must(ann.claims(t, u))
	wantVerdict(t, u.uri, "caution", "ALREADY_ACTIVATED")
	must(ann.claims(t, u)) // the same claim again is the same claim
	refused(bo.claims(t, u), "UNIT_ALREADY_ACTIVATED")

	t.Run("a later buyer sees that it was asked about since", func(t *testing.T) {
		confirmScan(t, u.uri)
		for _, c := range verdict(t, u.uri)["checks"].([]any) {
			if x := c.(object); x["id"] == "activation" && x["detail"].(object)["count"] != float64(1) {
				t.Errorf("%v", x)
			}
		}
	})
	t.Run("only the owner passes it on, and once", func(t *testing.T) {
		refused(bo.acts(t, u, "pass_on", bo.public(t)), "OWNER_UNPROVED")
		pass := ann.signs(t, u, "pass_on", bo.public(t))
		must(paced(t, "/api/v1/ownership", pass))
		refused(paced(t, "/api/v1/ownership", pass), "OWNER_UNPROVED")
		refused(ann.acts(t, u, "report_stolen", ""), "OWNER_UNPROVED")
		if o := verdict(t, u.uri)["owner"].(object); o["passedOn"] != float64(1) || o["key"] != bo.public(t) {
			t.Errorf("%v", o)
		}
	})
	t.Run("what is reported stolen is stopped until it is found", func(t *testing.T) {
		must(bo.acts(t, u, "report_stolen", ""))
		wantVerdict(t, u.uri, "stop", "STOLEN")
		refused(bo.acts(t, u, "pass_on", ann.public(t)), "UNIT_REPORTED_STOLEN")
		must(bo.acts(t, u, "withdraw_report", ""))
		wantVerdict(t, u.uri, "caution", "ALREADY_ACTIVATED")
	})
	t.Run("the auditor reads it all", func(t *testing.T) {
		story := touchstone.as("auditor").get(t, "/api/v1/provenance/"+gtin+"/"+lot+"/"+u.serial)
		wantStory(t, story.body, "batch_registered", "dispatched", "received", "unit_activated", "unit_passed_on",
			"unit_reported_stolen", "unit_stolen_withdrawn")
		if secret, err := ann.key.Bytes(); err != nil || contains(story.raw, hex.EncodeToString(secret)) {
			t.Errorf("a secret is on the ledger (%v)", err)
		}
	})
}

// The owner's pages in a real browser.
func TestOwnerInABrowser(t *testing.T) {
	const lot = "202611Q03"
	gtin := newBatch(t, lot, 3)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 3))
	all := units(t, gtin, lot, 0, 3)
	given := func(u unit) object { return object{"url": page(u.uri), "pin": u.pin} }
	runScript(
		t,
		"owner.test.mjs",
		object{"url": page(all[0].uri), "pin": all[0].pin, "other": given(all[1]), "third": given(all[2])},
	)
}

// A verifier or a gateway that is killed between sending a claim and answering it
// has either written it or not; the same claim, sent again, finds out, and whoever
// has its key owns the unit.
func TestAClaimOutlivesItsPrograms(t *testing.T) {
	const lot = "202611Q02"
	gtin := newBatch(t, lot, 4)
	deliver(t, "producer", "seller", line(gtin, lot, 0, 4))
	lost := 0
	for i, u := range units(t, gtin, lot, 0, 4) {
		o := newOwner(t)
		body := object{"uri": u.uri, "pin": u.pin, "owner": o.public(t)}
		victim := []string{"verifier", "gateway"}[i%2]
		answered, pid := make(chan bool, 1), touchstone.status(t)[victim]
		go func() {
			a, err := try(http.MethodPost, touchstone.verify+"/api/v1/activations", "", body)
			answered <- err == nil && a.status == http.StatusOK
		}()
		time.Sleep(time.Duration(50+150*i) * time.Millisecond)
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if !<-answered {
			lost++
		}
		if !eventually(time.Minute, func() bool {
			now := touchstone.status(t)[victim]
			return now != 0 && now != pid && touchstone.ready()
		}) {
			t.Fatalf("not ready a minute after the %s was killed", victim)
		}
		var a answer
		if !eventually(time.Minute, func() bool { a = o.claims(t, u); return a.status == http.StatusOK }) {
			t.Fatalf("unit %d: %d %s", i, a.status, a.raw)
		}
		if a := o.acts(t, u, "report_stolen", ""); a.status != http.StatusOK {
			t.Errorf("unit %d: its owner cannot act: %d %s", i, a.status, a.raw)
		}
		story := touchstone.as("auditor").get(t, "/api/v1/provenance/"+gtin+"/"+lot+"/"+u.serial)
		wantStory(t, story.body, "batch_registered", "dispatched", "received", "unit_activated", "unit_reported_stolen")
	}
	if lost == 0 {
		t.Error("every answer came before its kill, so the test shows nothing")
	}
}
