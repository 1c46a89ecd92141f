package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
		if exit := c.run(strings.NewReader(c.stdin), &out, &out, c.lang); exit != c.exit || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: %d\n%s", name, exit, &out)
		}
		if strings.Contains(strings.ToLower(out.String()), "genuine") || strings.Contains(out.String(), "正品") {
			t.Errorf("%s: it says more than it knows:\n%s", name, &out)
		}
	}
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
