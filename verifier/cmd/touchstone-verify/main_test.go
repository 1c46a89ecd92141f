package main

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof"
	"github.com/touchstone-trace/touchstone/verifier/rules/proof/prooftest"
)

const (
	testdata = "../../rules/proof/testdata/"
	uri      = "https://anywhere.example/01/06998801900039/10/202611A01/21/67ZRA8V0J3YFS6GRZD8W"
)

// The command says what each check found, and its exit code what all of them did.
func TestRun(t *testing.T) {
	whole, err := os.ReadFile(testdata + "bundle.json")
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(t.TempDir(), "trust.json")
	if err := os.WriteFile(bad, []byte(`{"version":"touchstone/trust/v1","chanel":"x"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	good := testdata + "trust.json"
	for name, c := range map[string]struct {
		arguments
		stdin, lang string
		exit        int
		says        string
	}{
		"proved":              {arguments{testdata + "bundle.json", good, uri, 0}, "", "en", 0, "Proved: "},
		"without facts":       {arguments{testdata + "bundle.json", good, uri, 0}, "", "en", 0, "This file proves the registration only."},
		"in Chinese":          {arguments{testdata + "busy.json", good, "", 0}, "", "zh-CN", 0, "已证明："},
		"from standard input": {arguments{"-", good, uri, 0}, string(whole), "en", 0, "Proved: "},
		"another unit":        {arguments{testdata + "other.json", good, uri, 0}, "", "en", 1, "FAIL  bundle       the bundle is about another unit"},
		"changed":             {arguments{"-", good, uri, 0}, strings.Replace(string(whole), `"number":16`, `"number":17`, 1), "zh-CN", 1, "不符  ordering     签名与所签的内容不符"},
		"no bundle":           {arguments{"nowhere.json", good, uri, 0}, "", "en", 2, "nowhere.json"},
		"a misspelt trust":    {arguments{testdata + "bundle.json", bad, uri, 0}, "", "en", 2, "chanel"},
		"no code":             {arguments{testdata + "bundle.json", good, "https://elsewhere.example/", 0}, "", "en", 2, "--uri"},
	} {
		var out bytes.Buffer
		if exit := c.run(strings.NewReader(c.stdin), &out, &out, c.lang); exit != c.exit ||
			!strings.Contains(out.String(), c.says) {
			t.Errorf("%s: %d\n%s", name, exit, &out)
		}
		if strings.Contains(strings.ToLower(out.String()), "genuine") || strings.Contains(out.String(), "正品") {
			t.Errorf("%s: it says more than it knows:\n%s", name, &out)
		}
	}
}

// What organisations signed of the unit is told, and what it comes to; how old it may be is asked for.
func TestRunWithFacts(t *testing.T) {
	for name, c := range map[string]struct {
		look   func(*trace.Facts)
		maxAge time.Duration
		ago    time.Duration
		lang   string
		exit   int
		says   []string
	}{
		"clear": {nil, time.Minute, 0, "en", 0, []string{"pass  signed ", "pass  current ", "PlatformMSP, ProducerMSP signed what the ledger knows",
			"Nothing in what they signed speaks against the item."}},
		"recalled": {func(f *trace.Facts) { f.Recalls = []trace.Recall{{ID: "R", Class: trace.ClassI}} }, 0, 0, "zh-CN", 0,
			[]string{"通过  facts ", "未查  current ", "有不利于这件商品的内容：\n  INGREDIENT_RECALLED  "}},
		"old":          {nil, 0, time.Hour, "en", 0, []string{"skip  current "}},
		"too old":      {nil, time.Minute, time.Hour, "en", 1, []string{"FAIL  current      the organisations signed too long ago", "Not proved."}},
		"before facts": {func(f *trace.Facts) { f.Batch = nil }, 0, 0, "en", 1, []string{"FAIL  facts "}},
	} {
		bundle, trust := stating(t, c.look, c.ago)
		var out bytes.Buffer
		exit := arguments{"-", trust, "", c.maxAge}.run(bytes.NewReader(bundle), &out, &out, c.lang)
		for _, says := range c.says {
			if exit != c.exit || !strings.Contains(out.String(), says) {
				t.Errorf("%s: %d, want %q\n%s", name, exit, says, &out)
			}
		}
	}
}

// stating gives a bundle with facts that organisations signed some time ago, and the file of the trust in them.
func stating(t *testing.T, look func(*trace.Facts), ago time.Duration) (bundle []byte, trust string) {
	t.Helper()
	n := prooftest.New(t)
	commitment := trace.PINCommitment([16]byte{}, "7K3QX2MD")
	leaf := rfc6962.DefaultHasher.HashLeaf(trace.UnitLeaf("06998801000036", "A", "0123456789ABCDEFGHJK", commitment))
	batch := trace.Batch{
		GTIN:      "06998801000036",
		Lot:       "A",
		Quantity:  1,
		UnitsRoot: hex.EncodeToString(leaf),
		Producer:  "maker",
		Status:    trace.BatchRegistered,
	}
	data, txID := n.Block(batch)
	block, err := proof.ReadBlock(data, txID)
	if err != nil {
		t.Fatal(err)
	}
	f := trace.Facts{
		GTIN:    batch.GTIN,
		Lot:     "A",
		Batch:   &batch,
		Product: &trace.Product{GTIN: batch.GTIN},
		Place:   &trace.Place{Holder: "shop", State: trace.Sold},
		Parties: []trace.Party{{ID: "shop", Roles: []trace.Role{trace.RoleSeller}, Status: trace.StatusQualified}},
	}
	if look != nil {
		look(&f)
	}
	n.At = n.At.Add(-ago)
	signed := n.State([]trace.Facts{f}, nil)
	bundle, err = proof.Build(
		block,
		proof.Unit{
			UnitID:     proof.UnitID{GTIN: batch.GTIN, Lot: "A", Serial: "0123456789ABCDEFGHJK"},
			Quantity:   1,
			Commitment: commitment,
		},
		&signed[0],
	)
	if err != nil {
		t.Fatal(err)
	}
	content, err := trace.Marshal(n.Trust)
	trust = filepath.Join(t.TempDir(), "trust.json")
	if err != nil || os.WriteFile(trust, content, 0o600) != nil {
		t.Fatal(err)
	}
	return bundle, trust
}

func TestLanguage(t *testing.T) {
	for settings, want := range map[[3]string]string{
		{"", "", "zh_CN.UTF-8"}: "zh-CN", {"", "", "C"}: "en", {"", "", ""}: "en", {"en_US", "", "zh_CN"}: "en", {"", "zh_TW", "en"}: "zh-CN",
	} {
		values := map[string]string{"LC_ALL": settings[0], "LC_MESSAGES": settings[1], "LANG": settings[2]}
		if got := language(func(name string) string { return values[name] }); got != want {
			t.Errorf("%v: %s", settings, got)
		}
	}
}
